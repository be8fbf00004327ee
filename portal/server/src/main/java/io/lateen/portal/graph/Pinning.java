package io.lateen.portal.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Places new nodes among nodes that stay where they are: where the layout would have them as seen
 * from their neighbours, or the nearest place that is free. Values in, values out.
 */
final class Pinning {
    private static final double GAP = 24;
    private static final double STEP = 40;
    private static final int RINGS = 200;

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
            places.put(next, free(wanted(topology, next, places, fresh), places.values()));
        }
        return places;
    }

    /** The place of a node that is known to have one. */
    static Box place(Map<String, Box> places, String node) {
        return Objects.requireNonNull(places.get(node), node);
    }

    private static Box wanted(
            Topology topology, String node, Map<String, Box> places, Map<String, Box> fresh) {
        Box ideal = place(fresh, node);
        List<String> neighbours = neighbours(topology, node, places);
        if (neighbours.isEmpty()) {
            // Below everything: what calls nobody has no better place.
            double bottom =
                    places.values().stream()
                            .mapToDouble(box -> box.y() + box.height())
                            .max()
                            .orElse(0);
            double left = places.values().stream().mapToDouble(Box::x).min().orElse(0);
            return places.isEmpty() ? ideal : ideal.at(left, bottom + STEP);
        }
        double x = 0;
        double y = 0;
        for (String neighbour : neighbours) {
            Box there = place(places, neighbour);
            Box layout = place(fresh, neighbour);
            x += there.x() + ideal.x() - layout.x();
            y += there.y() + ideal.y() - layout.y();
        }
        return ideal.at(Math.rint(x / neighbours.size()), Math.rint(y / neighbours.size()));
    }

    private static List<String> neighbours(
            Topology topology, String node, Map<String, Box> places) {
        List<String> neighbours = new ArrayList<>();
        for (Topology.Call call : topology.calls()) {
            if (call.source().equals(node) && places.containsKey(call.target())) {
                neighbours.add(call.target());
            } else if (call.target().equals(node) && places.containsKey(call.source())) {
                neighbours.add(call.source());
            }
        }
        return neighbours;
    }

    /** The free place nearest to the one that is wanted: rings around it, below before above. */
    private static Box free(Box wanted, Collection<Box> taken) {
        for (int ring = 0; ring <= RINGS; ring++) {
            for (int down = ring; down >= -ring; down--) {
                for (int right = ring; right >= -ring; right--) {
                    boolean onRing = Math.max(Math.abs(down), Math.abs(right)) == ring;
                    Box box = wanted.at(wanted.x() + right * STEP, wanted.y() + down * STEP);
                    if (onRing && taken.stream().noneMatch(other -> other.isCloseTo(box, GAP))) {
                        return box;
                    }
                }
            }
        }
        double bottom = taken.stream().mapToDouble(box -> box.y() + box.height()).max().orElse(0);
        return wanted.at(wanted.x(), bottom + STEP);
    }
}
