package io.lateen.portal.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Places new nodes among nodes that stay where they are: in the layer where the layout would have
 * them, or at the best place near it that is free. Values in, values out.
 */
final class Pinning {
    private static final double BELOW = 40;

    private Pinning() {}

    /**
     * Places for all nodes of a topology.
     *
     * @param kept nodes that have a place, those of the topology and others whose place is not to
     *     be taken
     * @param fresh a layout of the topology as if there were nothing to keep
     */
    static Map<String, Box> place(
            Topology topology, Map<String, Box> kept, Map<String, Box> fresh) {
        Map<String, Box> places = new HashMap<>(kept);
        List<String> waiting = new ArrayList<>();
        for (String node : topology.nodes().keySet()) {
            if (!places.containsKey(node)) {
                waiting.add(node);
            }
        }
        // Those with a placed neighbour first: the others then have one, too, if there is any way.
        while (!waiting.isEmpty()) {
            String next =
                    waiting.stream()
                            .filter(node -> !neighbours(topology, node, places).isEmpty())
                            .findFirst()
                            .orElse(waiting.getFirst());
            waiting.remove(next);
            Box wanted = wanted(topology, next, places, fresh);
            places.put(next, new FreePlace(topology, next, places).near(wanted));
        }
        return places;
    }

    /** The place of a node that is known to have one. */
    static Box place(Map<String, Box> places, String node) {
        return Objects.requireNonNull(places.get(node), node);
    }

    /**
     * Beside those of its layer that have a place already, at the height that its neighbours give.
     */
    private static Box wanted(
            Topology topology, String node, Map<String, Box> places, Map<String, Box> fresh) {
        Box ideal = place(fresh, node);
        if (places.isEmpty()) {
            return ideal;
        }
        List<String> neighbours = neighbours(topology, node, places);
        if (neighbours.isEmpty()) {
            // Below everything: what calls nobody has no better place.
            double left = places.values().stream().mapToDouble(Box::x).min().orElse(0);
            return ideal.at(left, bottom(places) + BELOW);
        }
        List<String> layer =
                topology.nodes().keySet().stream()
                        .filter(other -> !other.equals(node) && places.containsKey(other))
                        .filter(other -> sharesLayer(place(fresh, other), ideal))
                        .toList();
        List<String> across = layer.isEmpty() ? neighbours : layer;
        return ideal.at(
                ideal.x() + moved(across, places, fresh, Box::x),
                ideal.y() + moved(neighbours, places, fresh, Box::y));
    }

    private static boolean sharesLayer(Box one, Box other) {
        return one.x() < other.x() + other.width() && other.x() < one.x() + one.width();
    }

    /** How far nodes stand from where the layout would have them: the middle one of them. */
    private static double moved(
            List<String> nodes,
            Map<String, Box> places,
            Map<String, Box> fresh,
            ToDoubleFunction<Box> along) {
        double[] moved =
                nodes.stream()
                        .mapToDouble(
                                node ->
                                        along.applyAsDouble(place(places, node))
                                                - along.applyAsDouble(place(fresh, node)))
                        .sorted()
                        .toArray();
        return moved[moved.length / 2];
    }

    private static List<String> neighbours(
            Topology topology, String node, Map<String, Box> places) {
        return topology.neighbours(node).filter(places::containsKey).toList();
    }

    /** Where the lowest node ends. */
    static double bottom(Map<String, Box> places) {
        return places.values().stream().mapToDouble(box -> box.y() + box.height()).max().orElse(0);
    }
}
