package io.lateen.portal.backend;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A program behind the portal. */
public enum Backend {
    /** Rules, services, sidecars. */
    @JsonProperty("manager")
    MANAGER("manager"),
    /** Traffic. */
    @JsonProperty("mixer")
    MIXER("mixer"),
    /** Certificates and join tokens. */
    @JsonProperty("auth-ca")
    AUTH_CA("auth-ca");

    private final String wireName;

    Backend(String wireName) {
        this.wireName = wireName;
    }

    /** Its name in paths ({@code /api/auth-ca/…}), in the token's audience and in JSON. */
    public String wireName() {
        return wireName;
    }
}
