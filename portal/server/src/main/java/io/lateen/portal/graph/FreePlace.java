package io.lateen.portal.graph;

import static io.lateen.portal.graph.Pinning.bottom;
import static io.lateen.portal.graph.Pinning.place;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Finds a place for one node among placed ones. It must be free, with room for a label beside it;
 * of those, the best is near what is wanted, lets calls run from left to right, and neither covers
 * a label nor is run over by a call.
 */
final class FreePlace {
    private static final double STEP = 44;
    private static final int MOST_ASIDE = 10;
    private static final int MOST_DOWN = 40;

    /** Aside is another layer, up and down the same: the first costs more. */
    private static final double ASIDE_COSTS = 2;

    private static final double COVERED_LABEL_COSTS = 2_000;
    private static final double RUN_OVER_COSTS = 400;
    private static final double RUNNING_BACK_COSTS = 600;
    private static final double CRAMPED_COSTS = 200;

    private static final List<Offset> OFFSETS = offsets();

    private final Map<String, Box> places;
    private final List<Topology.Call> calls;
    private final boolean careful;

    /** The lines and labels that are there already; empty when there are too many to look at. */
    private final List<Box> labels = new ArrayList<>();

    private final List<Topology.Call> drawn = new ArrayList<>();

    FreePlace(Topology topology, String node, Map<String, Box> places) {
        this.places = places;
        this.careful = !topology.isLarge();
        this.calls =
                topology.calls().stream()
                        .filter(call -> call.touches(node))
                        .filter(call -> places.containsKey(call.otherThan(node)))
                        .toList();
        if (careful) {
            for (Topology.Call call : topology.calls()) {
                if (places.containsKey(call.source()) && places.containsKey(call.target())) {
                    Box source = place(places, call.source());
                    Box target = place(places, call.target());
                    if (!Drawing.runsBack(source, target)) {
                        drawn.add(call);
                        labels.add(Drawing.label(source, target));
                    }
                }
            }
        }
    }

    /** A step away from what is wanted. */
    private record Offset(double right, double down) {
        double cost() {
            return Math.hypot(ASIDE_COSTS * right, down);
        }
    }

    /** The best place near {@code wanted}; always one that is free. */
    Box near(Box wanted) {
        Box start = wanted.at(Math.rint(wanted.x()), Math.rint(wanted.y()));
        Box best = null;
        double least = Double.MAX_VALUE;
        for (Offset offset : OFFSETS) {
            if (offset.cost() >= least) {
                break;
            }
            Box box = start.at(start.x() + offset.right(), start.y() + offset.down());
            if (isFree(box)) {
                double cost = offset.cost() + (careful ? faults(box) : 0);
                if (cost < least) {
                    least = cost;
                    best = box;
                }
            }
        }
        return best != null ? best : start.at(start.x(), bottom(places) + STEP);
    }

    private boolean isFree(Box box) {
        return places.values().stream().noneMatch(box::crowds);
    }

    private double faults(Box box) {
        double cost = 0;
        for (Box label : labels) {
            cost += box.isCloseTo(label, 0) ? COVERED_LABEL_COSTS : 0;
        }
        for (Topology.Call call : drawn) {
            Box source = place(places, call.source());
            Box target = place(places, call.target());
            cost += Drawing.passesOver(source, target, box) ? RUN_OVER_COSTS : 0;
        }
        List<Box> own = new ArrayList<>();
        for (Topology.Call call : calls) {
            Box source = places.getOrDefault(call.source(), box);
            Box target = places.getOrDefault(call.target(), box);
            cost += fault(source, target, own);
        }
        return cost;
    }

    /** What speaks against one of the node's own calls. */
    private double fault(Box source, Box target, List<Box> own) {
        if (Drawing.runsBack(source, target)) {
            return RUNNING_BACK_COSTS;
        }
        double between = target.x() - source.x() - source.width();
        double cost = between < LayeredLayout.BETWEEN_LAYERS ? CRAMPED_COSTS : 0;
        Box label = Drawing.label(source, target);
        for (Box other : places.values()) {
            cost += other.isCloseTo(label, 0) ? COVERED_LABEL_COSTS : 0;
            boolean end = other.equals(source) || other.equals(target);
            cost += !end && Drawing.passesOver(source, target, other) ? RUN_OVER_COSTS : 0;
        }
        for (List<Box> there : List.of(labels, own)) {
            for (Box other : there) {
                cost += other.isCloseTo(label, 0) ? COVERED_LABEL_COSTS : 0;
            }
        }
        own.add(label);
        return cost;
    }

    /** The nearest first; below before above. */
    private static List<Offset> offsets() {
        List<Offset> offsets = new ArrayList<>();
        for (int down = MOST_DOWN; down >= -MOST_DOWN; down--) {
            for (int right = MOST_ASIDE; right >= -MOST_ASIDE; right--) {
                offsets.add(new Offset(right * STEP, down * STEP));
            }
        }
        offsets.sort(Comparator.comparingDouble(Offset::cost));
        return List.copyOf(offsets);
    }
}
