package io.lateen.portal.mesh;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who called whom, as the mixer counted.
 *
 * @param missing why a part may not be there; null when nothing is missing
 */
public record Traffic(
        Instant asOf,
        String window,
        List<Node> nodes,
        List<TrafficEdge> edges,
        long dropped,
        @Nullable String missing) {

    /** Copies the lists. */
    public Traffic {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /** One end of edges. */
    public record Node(
            String id,
            NodeKind kind,
            @Nullable String namespace,
            @Nullable String workload,
            @Nullable String service,
            @Nullable String version) {}
}
