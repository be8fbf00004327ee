package io.lateen.portal.graph;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where nodes stand, for each scope: shared by everybody who sees the same, kept in memory. A node
 * that has a place keeps it, also while it is away; new nodes are put among them. All is laid out
 * anew when somebody asks for it, or when two thirds of what is to be seen are new. Guarded by
 * itself.
 */
final class Layouts {
    private static final int SCOPES = 100;
    private static final int PLACES = 2_000;
    private static final int NEW_PER_KEPT = 2;

    private final LayeredLayout layout;
    private final Map<String, Placed> scopes =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Placed> eldest) {
                    return size() > SCOPES;
                }
            };

    Layouts(LayeredLayout layout) {
        this.layout = layout;
    }

    /** What is known for one scope. */
    private record Placed(int tidied, Map<String, Box> places) {}

    /**
     * A place for each node.
     *
     * @param key equal while no node or edge has come or gone and nobody has tidied up
     */
    record Layout(String key, Map<String, Box> places) {

        /** The place of a node of the topology. */
        Box of(String node) {
            return Pinning.place(places, node);
        }
    }

    /** Places for what is to be seen in a scope. */
    synchronized Layout of(String scope, Topology topology) {
        Placed before = scopes.computeIfAbsent(scope, _ -> new Placed(0, Map.of()));
        Set<String> fresh = new HashSet<>(topology.nodes().keySet());
        fresh.removeAll(before.places().keySet());
        Map<String, Box> places = before.places();
        if (!fresh.isEmpty()) {
            int kept = topology.nodes().size() - fresh.size();
            Map<String, Box> ideal = layout.place(topology);
            places =
                    fresh.size() > kept * NEW_PER_KEPT
                            ? ideal
                            : Pinning.place(topology, bounded(before, topology), ideal);
            scopes.put(scope, new Placed(before.tidied(), Map.copyOf(places)));
        }
        Map<String, Box> shown = new HashMap<>();
        for (String node : topology.nodes().keySet()) {
            shown.put(node, Pinning.place(places, node));
        }
        return new Layout(topology.key() + "-" + before.tidied(), shown);
    }

    /** Lays out anew, at their next looks, the scopes whose names begin so. */
    synchronized void tidy(String prefix) {
        scopes.replaceAll(
                (scope, before) ->
                        scope.startsWith(prefix)
                                ? new Placed(before.tidied() + 1, Map.of())
                                : before);
    }

    /** Forgets nodes that are away when there are too many of them. */
    private static Map<String, Box> bounded(Placed before, Topology topology) {
        if (before.places().size() <= PLACES) {
            return before.places();
        }
        Map<String, Box> present = new HashMap<>(before.places());
        present.keySet().retainAll(topology.nodes().keySet());
        return present;
    }
}
