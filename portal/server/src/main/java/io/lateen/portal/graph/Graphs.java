package io.lateen.portal.graph;

import io.lateen.portal.backend.Backend;
import io.lateen.portal.backend.BackendStates;
import io.lateen.portal.backend.Source;
import io.lateen.portal.caller.Grants;
import io.lateen.portal.mesh.MeshReadings;
import io.lateen.portal.mesh.Traffic;
import io.lateen.portal.mesh.TrafficEdge;
import io.lateen.portal.mesh.TrafficWindow;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Puts the graph together for a caller. Blocks. Thread-safe. */
public final class Graphs {
    private final MeshReadings readings;
    private final BackendStates states;
    private final Layouts layouts;

    Graphs(MeshReadings readings, BackendStates states, Layouts layouts) {
        this.readings = readings;
        this.states = states;
        this.layouts = layouts;
    }

    /**
     * The graph as events compare it.
     *
     * @param traffic cut to what the caller may see
     */
    public record Look(String layoutKey, Traffic traffic) {}

    /** The graph's figures and the key of its layout; empty while the mixer does not answer. */
    public Optional<Look> look(TrafficWindow window, Grants grants) {
        return readings.traffic(window)
                .map(
                        all -> {
                            Traffic seen = Scope.cut(all, grants);
                            return new Look(
                                    layouts.of(grants.scopeKey() + "/", Topology.of(seen)).key(),
                                    seen);
                        });
    }

    /** The graph with places; around one namespace, or all when it is empty. */
    Optional<GraphView> view(TrafficWindow window, String namespace, Grants grants) {
        return readings.traffic(window)
                .map(all -> Scope.cut(all, grants))
                .map(seen -> namespace.isEmpty() ? seen : Scope.around(seen, namespace))
                .map(
                        seen ->
                                view(
                                        seen,
                                        grants.scopeKey() + "/" + namespace,
                                        states.sources(Backend.MIXER)));
    }

    Source mixer() {
        return states.source(Backend.MIXER);
    }

    void tidy(Grants grants) {
        layouts.tidy(grants.scopeKey() + "/");
    }

    private GraphView view(Traffic traffic, String scope, List<Source> sources) {
        Layouts.Layout layout = layouts.of(scope, Topology.of(traffic));
        return new GraphView(
                traffic.asOf(),
                traffic.window(),
                layout.key(),
                traffic.nodes().stream()
                        .map(node -> node(node, layout.of(node.id())))
                        .sorted(Comparator.comparing(GraphNode::id))
                        .toList(),
                traffic.edges().stream().sorted(Comparator.comparing(TrafficEdge::id)).toList(),
                traffic.dropped(),
                traffic.missing(),
                sources);
    }

    private static GraphNode node(Traffic.Node node, Box place) {
        return new GraphNode(
                node.id(),
                node.kind(),
                node.namespace(),
                node.workload(),
                node.service(),
                node.version(),
                place.x(),
                place.y(),
                place.width(),
                place.height());
    }
}
