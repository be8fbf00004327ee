package io.lateen.model.validation;

import io.lateen.model.document.Node;
import java.util.List;

/** Rules for AuthorizationPolicies as a whole: what they are attached to, and their parts. */
final class AuthorizationPolicyRules {

    private static final List<String> SOURCE_LISTS =
            List.of(
                    "principals",
                    "requestPrincipals",
                    "namespaces",
                    "serviceAccounts",
                    "trustDomains",
                    "ipBlocks",
                    "remoteIpBlocks");
    private static final List<String> OPERATION_LISTS =
            List.of("hosts", "ports", "methods", "paths");

    private AuthorizationPolicyRules() {}

    static void check(Node spec, Violations violations) {
        checkAttachment(spec, violations);
        checkAction(spec, violations);
        for (Node rule : spec.items("rules")) {
            checkRule(rule, violations);
        }
    }

    private static void checkAttachment(Node spec, Violations violations) {
        List<String> present = spec.present("selector", "targetRef", "targetRefs");
        if (present.size() > 1) {
            violations.add(
                    spec.path(),
                    String.join(" and ", present),
                    "at most one of selector, targetRef, targetRefs",
                    "keep one of them");
        }
        CommonRules.labels(spec.get("selector", "matchLabels"), violations);
        checkTarget(spec.get("targetRef"), violations);
        spec.items("targetRefs").forEach(target -> checkTarget(target, violations));
    }

    private static void checkTarget(Node target, Violations violations) {
        if (target.hasContent("namespace")) {
            violations.add(
                    target.get("namespace").path(),
                    target.get("namespace").shown(),
                    "nothing: only a resource of the policy's own namespace can be meant",
                    "remove it");
        }
        for (String field : List.of("kind", "name")) {
            if (target.has(field) && !target.hasContent(field)) {
                violations.add(target.get(field).path(), "an empty text", "a " + field);
            }
        }
    }

    private static void checkAction(Node spec, Violations violations) {
        String action = spec.text("action");
        boolean custom = action.equals("CUSTOM");
        if ((custom || action.equals("DENY")) && !spec.hasContent("rules")) {
            violations.add(
                    spec.get("rules").path(),
                    spec.get("rules").shown(),
                    "a rule: without one, " + action + " never happens",
                    "add {} for every call");
        }
        Node provider = spec.get("provider");
        if (custom && provider.text("name").isEmpty()) {
            violations.add(
                    provider.get("name").path(),
                    provider.get("name").shown(),
                    "a provider's name, since action is CUSTOM");
        }
        if (!custom && provider.exists()) {
            violations.add(
                    provider.path(),
                    provider.shown(),
                    "nothing: a provider decides with CUSTOM only",
                    "remove it, or set action: CUSTOM");
        }
    }

    private static void checkRule(Node rule, Violations violations) {
        for (String part : List.of("from", "to")) {
            Node list = rule.get(part);
            if (list.value() instanceof List<?> written && written.isEmpty()) {
                violations.add(
                        list.path(), list.shown(), "an element", "leave it out to match any");
            }
        }
        for (Node from : rule.items("from")) {
            checkSource(from, violations);
        }
        for (Node to : rule.items("to")) {
            checkOperation(to, violations);
        }
        for (Node condition : rule.items("when")) {
            AuthorizationConditionRules.check(condition, violations);
        }
    }

    private static void checkSource(Node from, Violations violations) {
        Node source = from.get("source");
        checkLists(source, SOURCE_LISTS, violations);
        boolean accounts = !source.present("serviceAccounts", "notServiceAccounts").isEmpty();
        List<String> others =
                source.present("principals", "notPrincipals", "namespaces", "notNamespaces");
        if (accounts && !others.isEmpty()) {
            violations.add(
                    source.path(),
                    "serviceAccounts and " + String.join(" and ", others),
                    "service accounts without principals and namespaces",
                    "move one of them to a source of its own");
        }
        for (String addresses : List.of("ipBlocks", "remoteIpBlocks")) {
            source.items(addresses).forEach(value -> AuthorizationValues.block(value, violations));
            source.items(not(addresses))
                    .forEach(value -> AuthorizationValues.block(value, violations));
        }
        for (String lists : List.of("serviceAccounts", "notServiceAccounts")) {
            source.items(lists).forEach(value -> AuthorizationValues.account(value, violations));
        }
    }

    private static void checkOperation(Node to, Violations violations) {
        Node operation = to.get("operation");
        checkLists(operation, OPERATION_LISTS, violations);
        for (String ports : List.of("ports", "notPorts")) {
            operation.items(ports).forEach(value -> AuthorizationValues.port(value, violations));
        }
        for (String paths : List.of("paths", "notPaths")) {
            operation.items(paths).forEach(value -> AuthorizationValues.path(value, violations));
        }
    }

    /** One of the lists must say something, and each of their values. */
    private static void checkLists(Node part, List<String> lists, Violations violations) {
        if (!part.exists()) {
            violations.add(part.path(), "nothing", "one of " + String.join(", ", lists), "add it");
            return;
        }
        boolean any = false;
        for (String list : lists) {
            for (String field : List.of(list, not(list))) {
                any |=
                        part.has(field)
                                && !(part.get(field).value() instanceof List<?> l && l.isEmpty());
                part.items(field).forEach(value -> AuthorizationValues.notEmpty(value, violations));
            }
        }
        if (!any) {
            violations.add(
                    part.path(),
                    part.shown(),
                    "one of " + String.join(", ", lists) + ", or of their opposites",
                    "leave " + parentName(part) + " out to match any");
        }
    }

    private static String parentName(Node part) {
        return part.path().endsWith("source") ? "from" : "to";
    }

    private static String not(String list) {
        return "not" + Character.toUpperCase(list.charAt(0)) + list.substring(1);
    }
}
