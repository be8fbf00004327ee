package io.lateen.portal.caller;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;

/**
 * What the page asks before it offers an action, so that it can disable it with a reason. Never the
 * control itself: the APIs check by role.
 */
public enum Capability {
    /** Look at services, traffic, rules and their history. */
    @JsonProperty("mesh.read")
    READ_MESH(Role.VIEWER, false),
    /** Apply, delete and roll back rules. */
    @JsonProperty("rules.write")
    WRITE_RULES(Role.OPERATOR, false),
    /** Make and withdraw join tokens. */
    @JsonProperty("tokens.manage")
    MANAGE_TOKENS(Role.ADMIN, true),
    /** Make, change and disable users. */
    @JsonProperty("users.manage")
    MANAGE_USERS(Role.ADMIN, true),
    /** Read who did what. */
    @JsonProperty("audit.read")
    READ_AUDIT(Role.ADMIN, true);

    private final Role needed;
    private final boolean everywhere;

    Capability(Role needed, boolean everywhere) {
        this.needed = needed;
        this.everywhere = everywhere;
    }

    /** What these grants allow, in the order of this enum. */
    public static List<Allowed> of(Grants grants) {
        return Arrays.stream(values())
                .filter(capability -> capability.allowedBy(grants))
                .map(capability -> new Allowed(capability, grants.namespaces(capability.needed)))
                .toList();
    }

    private boolean allowedBy(Grants grants) {
        return everywhere ? grants.coverEverywhere(needed) : grants.cover(needed);
    }

    /**
     * A capability that the caller has.
     *
     * @param capability what
     * @param namespaces where; {@code *} alone means everywhere
     */
    public record Allowed(Capability capability, List<String> namespaces) {}
}
