package io.lateen.mixer.graph;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a graph in Graphviz' language. */
final class Dot {
    private Dot() {}

    static String of(Graph graph) {
        StringBuilder out = new StringBuilder("digraph mesh {\n");
        out.append("  rankdir=LR;\n  node [shape=box];\n");
        for (Graph.Node node : graph.nodes()) {
            out.append("  ").append(quoted(node.id())).append(" [label=");
            out.append(quoted(label(node)));
            if (!node.kind().equals("workload")) {
                out.append(", style=dashed");
            }
            out.append("];\n");
        }
        for (Graph.Edge edge : graph.edges()) {
            out.append("  ").append(quoted(edge.source())).append(" -> ");
            out.append(quoted(edge.target())).append(" [label=").append(quoted(label(edge)));
            if (edge.errorRate() > 0) {
                out.append(", color=red");
            }
            out.append("];\n");
        }
        return out.append("}\n").toString();
    }

    private static String label(Graph.Node node) {
        if (node.workload().isEmpty()) {
            return node.service().isEmpty() ? node.id() : node.service();
        }
        return node.workload() + "\n" + node.namespace();
    }

    private static String label(Graph.Edge edge) {
        String rate =
                String.format(Locale.ROOT, "%s %.2f/s", edge.protocol(), edge.requestsPerSecond());
        String errors =
                edge.errorRate() == 0
                        ? ""
                        : String.format(Locale.ROOT, "\n%.1f%% errors", edge.errorRate() * 100);
        String latency =
                edge.p95() == null ? "" : String.format(Locale.ROOT, "\np95 %.1f ms", edge.p95());
        return rate + errors + latency + (edge.mtls().equals("all") ? "\nmTLS" : "");
    }

    /** A name comes from whoever called: nothing of it may end the text. */
    private static String quoted(String text) {
        String escaped =
                text.chars()
                        .mapToObj(c -> ESCAPES.getOrDefault(c, Character.toString(c)))
                        .collect(Collectors.joining());
        return '"' + escaped + '"';
    }

    private static final Map<Integer, String> ESCAPES =
            Map.of((int) '"', "\\\"", (int) '\\', "\\\\", (int) '\n', "\\n", (int) '\r', "");
}
