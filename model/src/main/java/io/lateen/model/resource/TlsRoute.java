package io.lateen.model.resource;

import io.lateen.model.naming.Hostname;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where encrypted connections go, by the server name that the client asks for.
 *
 * @param match any of these fits
 * @param route destinations that share the connections by weight
 */
public record TlsRoute(List<TlsMatch> match, List<TcpRoute.WeightedDestination> route) {

    public TlsRoute {
        match = List.copyOf(match);
        route = List.copyOf(route);
    }

    /**
     * Which connections: those that fit every part that is there.
     *
     * @param sniHosts server names, possibly wildcards
     * @param destinationSubnets addresses that were dialled
     * @param port that was dialled; null means any
     * @param sourceLabels labels of the client's workload
     * @param sourceNamespace namespace of the client's workload
     * @param gateways as {@link VirtualService#gateways()}
     */
    public record TlsMatch(
            List<Hostname> sniHosts,
            List<String> destinationSubnets,
            @Nullable Integer port,
            Map<String, String> sourceLabels,
            @Nullable String sourceNamespace,
            List<GatewayReference> gateways) {

        public TlsMatch {
            sniHosts = List.copyOf(sniHosts);
            destinationSubnets = List.copyOf(destinationSubnets);
            sourceLabels = Values.ordered(sourceLabels);
            gateways = List.copyOf(gateways);
            port = port != null && port == 0 ? null : port;
        }
    }
}
