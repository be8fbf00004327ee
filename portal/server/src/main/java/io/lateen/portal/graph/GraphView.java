package io.lateen.portal.graph;

import io.lateen.portal.backend.Source;
import io.lateen.portal.mesh.TrafficEdge;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The graph with a place for each node.
 *
 * @param asOf when the mixer counted
 * @param window over how long, as asked: {@code 5m}
 * @param layoutKey changes when a node or an edge comes or goes; while it stays, no node has moved
 * @param nodes in order of their ids
 * @param edges in order of their ids
 * @param dropped access records that were lost on the way and are not counted
 * @param missing why a part of the traffic may not be there; null when nothing is missing
 * @param sources whether the mixer answers
 */
record GraphView(
        Instant asOf,
        String window,
        String layoutKey,
        List<GraphNode> nodes,
        List<TrafficEdge> edges,
        long dropped,
        @Nullable String missing,
        List<Source> sources) {}
