package io.lateen.model.resource;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where connections go that one of {@code match} fits, or all where there is no match.
 *
 * @param match any of these fits
 * @param route destinations that share the connections by weight
 */
public record TcpRoute(List<TcpMatch> match, List<WeightedDestination> route) {

    public TcpRoute {
        match = List.copyOf(match);
        route = List.copyOf(route);
    }

    /**
     * Which connections: those that fit every part that is there.
     *
     * @param destinationSubnets addresses that were dialled
     * @param port that was dialled; null means any
     * @param sourceLabels labels of the client's workload
     * @param sourceNamespace namespace of the client's workload
     * @param sourceSubnet accepted, without effect
     * @param gateways as {@link VirtualService#gateways()}
     */
    public record TcpMatch(
            List<String> destinationSubnets,
            @Nullable Integer port,
            Map<String, String> sourceLabels,
            @Nullable String sourceNamespace,
            @Nullable String sourceSubnet,
            List<GatewayReference> gateways) {

        public TcpMatch {
            destinationSubnets = List.copyOf(destinationSubnets);
            sourceLabels = Values.ordered(sourceLabels);
            gateways = List.copyOf(gateways);
            port = port != null && port == 0 ? null : port;
        }
    }

    /**
     * A destination and its share.
     *
     * @param destination of the connections
     * @param weight relative to its siblings; 0 where not written, which means all of it if it is
     *     the only one
     */
    public record WeightedDestination(Destination destination, int weight) {}
}
