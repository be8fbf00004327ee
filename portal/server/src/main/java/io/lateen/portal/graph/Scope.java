package io.lateen.portal.graph;

import io.lateen.portal.caller.Grants;
import io.lateen.portal.mesh.NodeKind;
import io.lateen.portal.mesh.Traffic;
import io.lateen.portal.mesh.TrafficEdge;
import io.lateen.portal.secret.Drawn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Cuts traffic to what a caller may see: every workload elsewhere becomes one node without a name,
 * and what none of the caller's own takes part in is left out. Values in, values out.
 */
public final class Scope {
    /** The one node for everything else. */
    static final String HIDDEN = "hidden";

    private static final int HASH_BYTES = 8;

    private Scope() {}

    /** The part of {@code traffic} that {@code grants} let see. */
    public static Traffic cut(Traffic traffic, Grants grants) {
        Set<String> visible = new HashSet<>();
        Set<String> nowhere = new HashSet<>();
        for (Traffic.Node node : traffic.nodes()) {
            String namespace = node.namespace();
            if (namespace == null) {
                nowhere.add(node.id());
            } else if (grants.see(namespace)) {
                visible.add(node.id());
            }
        }
        if (visible.size() + nowhere.size() == traffic.nodes().size()) {
            return traffic;
        }
        List<TrafficEdge> edges = new ArrayList<>();
        Set<String> used = new HashSet<>();
        for (TrafficEdge edge : traffic.edges()) {
            boolean source = visible.contains(edge.source());
            boolean target = visible.contains(edge.target());
            if (source || target) {
                TrafficEdge cut =
                        redrawn(
                                edge,
                                source || nowhere.contains(edge.source()),
                                target || nowhere.contains(edge.target()));
                edges.add(cut);
                used.add(cut.source());
                used.add(cut.target());
            }
        }
        List<Traffic.Node> nodes = new ArrayList<>();
        for (Traffic.Node node : traffic.nodes()) {
            if (visible.contains(node.id())
                    || (nowhere.contains(node.id()) && used.contains(node.id()))) {
                nodes.add(node);
            }
        }
        if (used.contains(HIDDEN)) {
            nodes.add(new Traffic.Node(HIDDEN, NodeKind.HIDDEN, null, null, null, null));
        }
        return new Traffic(
                traffic.asOf(),
                traffic.window(),
                nodes,
                edges,
                traffic.dropped(),
                traffic.missing());
    }

    /**
     * The workloads of one namespace with their neighbours, and the calls that they take part in.
     */
    static Traffic around(Traffic traffic, String namespace) {
        Set<String> inside = new HashSet<>();
        for (Traffic.Node node : traffic.nodes()) {
            if (namespace.equals(node.namespace())) {
                inside.add(node.id());
            }
        }
        List<TrafficEdge> edges =
                traffic.edges().stream()
                        .filter(
                                edge ->
                                        inside.contains(edge.source())
                                                || inside.contains(edge.target()))
                        .toList();
        Set<String> shown = new HashSet<>(inside);
        edges.forEach(
                edge -> {
                    shown.add(edge.source());
                    shown.add(edge.target());
                });
        return new Traffic(
                traffic.asOf(),
                traffic.window(),
                traffic.nodes().stream().filter(node -> shown.contains(node.id())).toList(),
                edges,
                traffic.dropped(),
                traffic.missing());
    }

    private static TrafficEdge redrawn(TrafficEdge edge, boolean sourceShown, boolean targetShown) {
        if (sourceShown && targetShown) {
            return edge;
        }
        return new TrafficEdge(
                // The id has both names in it.
                HIDDEN + "-" + HexFormat.of().formatHex(Drawn.hash(edge.id()), 0, HASH_BYTES),
                sourceShown ? edge.source() : HIDDEN,
                targetShown ? edge.target() : HIDDEN,
                targetShown ? edge.service() : null,
                edge.protocol(),
                edge.requests(),
                edge.requestsPerSecond(),
                edge.errorRate(),
                edge.codes(),
                edge.p50(),
                edge.p95(),
                edge.p99(),
                edge.mtls(),
                edge.bytesSentPerSecond(),
                edge.bytesReceivedPerSecond());
    }
}
