package io.lateen.manager.translate.envoy;

/** What happens to traffic to a host that is no service of the mesh. */
public enum OutboundPolicy {
    /** It goes where the client dialled. */
    ALLOW_ANY,
    /** It is refused: 502 to a request, a closed connection to the rest. */
    REGISTRY_ONLY
}
