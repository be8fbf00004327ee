package io.lateen.portal.caller;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a caller may do, each including those before it. */
public enum Role {
    /** See. */
    @JsonProperty("viewer")
    VIEWER,
    /** Write rules. */
    @JsonProperty("operator")
    OPERATOR,
    /** Agree to other people's changes. */
    @JsonProperty("approver")
    APPROVER,
    /** Everything, users and audit as well. */
    @JsonProperty("admin")
    ADMIN;

    /** Whether a caller with this role may do what {@code needed} may. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** The name in JSON, tokens and settings: {@code viewer}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The role with a name.
     *
     * @throws IllegalArgumentException with what was expected
     */
    public static Role named(String name) {
        for (Role role : values()) {
            if (role.wireName().equals(name)) {
                return role;
            }
        }
        throw new IllegalArgumentException(
                "role: found '" + name + "', expected viewer, operator, approver or admin");
    }
}
