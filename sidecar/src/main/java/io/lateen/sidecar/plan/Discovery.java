package io.lateen.sidecar.plan;

/** How the endpoints of a cluster are found. */
public sealed interface Discovery {

    /** They are told by the manager, with the cluster or apart from it. */
    record Listed() implements Discovery {}

    /**
     * Their names are resolved, and each address is an endpoint.
     *
     * @param refreshNanos how often they are resolved again
     * @param respectTtl whether the answer's own life is used instead
     */
    record StrictDns(long refreshNanos, boolean respectTtl) implements Discovery {}

    /** One name is resolved, and each new connection goes to the first address of the answer. */
    record LogicalDns(long refreshNanos, boolean respectTtl) implements Discovery {}

    /** Where the connection wanted to go: captured, or by the authority that a request names. */
    record OriginalDestination() implements Discovery {}
}
