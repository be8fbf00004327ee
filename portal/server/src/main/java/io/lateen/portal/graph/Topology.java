package io.lateen.portal.graph;

import io.lateen.portal.mesh.Traffic;
import io.lateen.portal.mesh.TrafficEdge;
import io.lateen.portal.secret.Drawn;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a layout depends on: the nodes with their sizes, and who calls whom. No figures: they change
 * all the time.
 *
 * @param nodes a box of the right size for each node's id; where it stands means nothing
 * @param calls pairs of different nodes
 */
record Topology(SortedMap<String, Box> nodes, SortedSet<Call> calls) {
    /** Above this, speed before beauty: 500 nodes take under a second so, and five otherwise. */
    private static final int LARGE = 60;

    private static final double HEIGHT = 56;
    private static final double NARROWEST = 136;
    private static final double WIDEST = 256;
    private static final double PER_LETTER = 7.5;
    private static final double BESIDE_LETTERS = 56;
    private static final int LETTERS_OF_OTHERS = 24;
    private static final int HASH_BYTES = 12;

    /** Somebody calls somebody else. */
    record Call(String source, String target) implements Comparable<Call> {
        @Override
        public int compareTo(Call other) {
            int bySource = source.compareTo(other.source);
            return bySource != 0 ? bySource : target.compareTo(other.target);
        }

        /** Whether a node is one of the two. */
        boolean touches(String node) {
            return source.equals(node) || target.equals(node);
        }

        /** The other of the two. */
        String otherThan(String node) {
            return source.equals(node) ? target : source;
        }
    }

    /** The topology of what the mixer counted. */
    static Topology of(Traffic traffic) {
        var nodes = new TreeMap<String, Box>();
        for (Traffic.Node node : traffic.nodes()) {
            nodes.put(node.id(), size(node));
        }
        var calls = new TreeSet<Call>();
        for (TrafficEdge edge : traffic.edges()) {
            boolean known = nodes.containsKey(edge.source()) && nodes.containsKey(edge.target());
            if (known && !edge.source().equals(edge.target())) {
                calls.add(new Call(edge.source(), edge.target()));
            }
        }
        return new Topology(nodes, calls);
    }

    /** Whether it has so many nodes that finding the best places would take seconds. */
    boolean isLarge() {
        return nodes.size() > LARGE;
    }

    /** Who calls a node or is called by it. */
    Stream<String> neighbours(String node) {
        return calls.stream().filter(call -> call.touches(node)).map(call -> call.otherThan(node));
    }

    /** Equal topologies have equal keys. */
    String key() {
        var text = new StringBuilder();
        nodes.keySet().forEach(node -> text.append(node).append('\n'));
        text.append('\n');
        calls.forEach(
                call -> text.append(call.source()).append('\t').append(call.target()).append('\n'));
        return HexFormat.of().formatHex(Drawn.hash(text.toString()), 0, HASH_BYTES);
    }

    private static Box size(Traffic.Node node) {
        String workload = node.workload();
        // Some of those that are no workload are named by the page, in its language.
        int letters = workload == null ? LETTERS_OF_OTHERS : workload.length();
        double width = BESIDE_LETTERS + PER_LETTER * letters;
        return new Box(0, 0, Math.clamp(width, NARROWEST, WIDEST), HEIGHT);
    }
}
