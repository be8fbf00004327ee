package io.lateen.portal.mesh;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much of an edge's traffic was mutually authenticated. */
public enum MutualTls {
    /** All of it. */
    @JsonProperty("all")
    ALL,
    /** A part. */
    @JsonProperty("some")
    SOME,
    /** Nothing. */
    @JsonProperty("none")
    NONE,
    /** It was not reported. */
    @JsonProperty("unknown")
    UNKNOWN
}
