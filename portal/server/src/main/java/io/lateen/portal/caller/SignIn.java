package io.lateen.portal.caller;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a caller proved who they are. */
public enum SignIn {
    /** With a password that the portal keeps the hash of. */
    @JsonProperty("local")
    LOCAL,
    /** At an OpenID Connect provider. */
    @JsonProperty("oidc")
    OIDC
}
