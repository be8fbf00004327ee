package io.lateen.model.validation;

import io.lateen.model.document.Node;
import java.util.ArrayList;
import java.util.List;

/** Who may see a resource: {@code *}, {@code .}, {@code ~} or namespaces, without contradiction. */
final class ExportToRules {

    private ExportToRules() {}

    static void check(Node document, Violations violations) {
        String own = document.get("metadata", "namespace").text().orElse("");
        Node exportTo = document.get("spec", "exportTo");
        boolean mayHide = document.text("kind").equals("ServiceEntry");
        List<String> seen = new ArrayList<>();
        for (Node entry : exportTo.items()) {
            String written = entry.text().orElse("");
            String meant = written.equals(".") && !own.isEmpty() ? own : written;
            if (!isKnown(written, mayHide) && entry.text().isPresent()) {
                violations.add(
                        entry.path(),
                        entry.shown(),
                        mayHide ? "*, ., ~ or a namespace" : "*, . or a namespace");
            }
            if (seen.contains(meant)) {
                violations.add(
                        entry.path(), entry.shown() + " again", "each namespace once", "remove it");
            }
            seen.add(meant);
        }
        for (String alone : List.of("*", "~")) {
            if (seen.contains(alone) && seen.size() > 1) {
                violations.add(
                        exportTo.path(),
                        alone + " and others",
                        alone + " alone",
                        "remove the others, or " + alone);
            }
        }
        checkSelector(document, exportTo, own, seen, violations);
    }

    private static boolean isKnown(String entry, boolean mayHide) {
        return switch (entry) {
            case "*", "." -> true;
            case "~" -> mayHide;
            default -> Syntax.isDnsLabel(entry);
        };
    }

    /** A rule for selected clients reaches its own namespace only. */
    private static void checkSelector(
            Node document, Node exportTo, String own, List<String> seen, Violations violations) {
        boolean selective =
                document.text("kind").equals("DestinationRule")
                        && document.get("spec").has("workloadSelector");
        if (!selective || seen.isEmpty()) {
            return;
        }
        String home = own.isEmpty() ? "." : own;
        if (seen.size() > 1 || !seen.getFirst().equals(home)) {
            violations.add(
                    exportTo.path(),
                    String.join(", ", seen),
                    "the resource's own namespace, since a workloadSelector is there",
                    "write [\".\"], or leave exportTo out");
        }
    }
}
