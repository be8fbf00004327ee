package io.lateen.portal.mesh;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a node stands for. */
public enum NodeKind {
    /** A workload with a sidecar, or a gateway. */
    @JsonProperty("workload")
    WORKLOAD,
    /** Something outside the mesh. */
    @JsonProperty("outside")
    OUTSIDE,
    /** A caller or callee that could not be named. */
    @JsonProperty("unknown")
    UNKNOWN,
    /** Everything that this caller may not see. */
    @JsonProperty("hidden")
    HIDDEN
}
