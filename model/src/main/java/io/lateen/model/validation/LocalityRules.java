package io.lateen.model.validation;

import io.lateen.model.document.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules for which localities are preferred. */
final class LocalityRules {

    private static final long ALL = 100;
    private static final int PARTS = 3;

    private LocalityRules() {}

    static void check(Node setting, Violations violations) {
        if (setting.hasContent("distribute")) {
            for (String other : List.of("failover", "failoverPriority")) {
                if (setting.hasContent(other)) {
                    violations.add(
                            setting.get(other).path(),
                            other + " beside distribute",
                            "one of distribute, or failover and failoverPriority",
                            "remove one of them");
                }
            }
        }
        for (Node share : setting.items("distribute")) {
            checkShare(share, violations);
        }
        for (Node failover : setting.items("failover")) {
            checkFailover(failover, violations);
        }
        checkPriorities(setting.items("failoverPriority"), violations);
    }

    private static void checkShare(Node share, Violations violations) {
        checkLocality(share.get("from"), share.text("from"), violations);
        Map<String, Node> to = share.entries("to");
        if (to.isEmpty()) {
            violations.add(
                    share.get("to").path(), "nothing", "localities and their shares in percent");
            return;
        }
        long sum = 0;
        for (Map.Entry<String, Node> each : to.entrySet()) {
            checkLocality(each.getValue(), each.getKey(), violations);
            long percent = each.getValue().integer().orElse(0);
            if (percent < 1 || percent > ALL) {
                violations.add(
                        each.getValue().path(), each.getValue().shown(), "1 to 100 per cent");
            }
            sum += percent;
        }
        if (sum != ALL) {
            violations.add(
                    share.get("to").path(),
                    "shares that sum to " + sum,
                    "a sum of 100",
                    "change the shares");
        }
    }

    private static void checkLocality(Node at, String locality, Violations violations) {
        String[] parts = locality.split("/", -1);
        boolean right = parts.length <= PARTS && !parts[0].isEmpty();
        for (int i = 0; i < parts.length && right; i++) {
            boolean last = i == parts.length - 1;
            right = parts[i].equals("*") ? last : !parts[i].isEmpty() && !parts[i].contains("*");
        }
        if (!right) {
            violations.add(
                    at.path(),
                    '"' + locality + '"',
                    "region, region/zone or region/zone/subzone, the last of them possibly *");
        }
    }

    private static void checkFailover(Node failover, Violations violations) {
        for (String end : List.of("from", "to")) {
            String region = failover.text(end);
            if (region.isEmpty() || region.contains("/") || region.contains("*")) {
                violations.add(
                        failover.get(end).path(),
                        region.isEmpty() ? "nothing" : '"' + region + '"',
                        "a region, without zone or *");
            }
        }
        if (!failover.text("from").isEmpty() && failover.text("from").equals(failover.text("to"))) {
            violations.add(
                    failover.get("to").path(),
                    failover.get("to").shown() + " again",
                    "another region than from");
        }
    }

    private static void checkPriorities(List<Node> labels, Violations violations) {
        Set<String> seen = new HashSet<>();
        for (Node label : labels) {
            String text = label.text().orElse("");
            String key = text.split("=", 2)[0];
            if (key.isEmpty()) {
                violations.add(label.path(), label.shown(), "a label's name, or name=value");
            } else if (!seen.add(key)) {
                violations.add(label.path(), label.shown() + " again", "each label once");
            }
        }
    }
}
