package io.lateen.model.support;

import io.lateen.model.document.Node;
import java.util.List;

/** What AuthorizationPolicies may say that is not in force yet. */
final class AuthorizationPolicySupport {

    private static final String DRY_RUN = "istio.io/dry-run";

    private AuthorizationPolicySupport() {}

    static void check(Node document, Unsupported unsupported) {
        document.get("metadata")
                .entries("annotations")
                .forEach(
                        (name, value) -> {
                            if (name.equals(DRY_RUN)
                                    && value.text().filter("true"::equalsIgnoreCase).isPresent()) {
                                unsupported.refuse(
                                        value,
                                        "only trying a policy out is",
                                        "remove the annotation to have the policy in force");
                            }
                        });
        Node spec = document.get("spec");
        switch (spec.text("action")) {
            case "AUDIT" ->
                    unsupported.refuse(
                            spec.get("action"),
                            "AUDIT, which only takes notes, is",
                            "look for the calls in the access log");
            case "CUSTOM" ->
                    unsupported.refuse(
                            spec.get("action"),
                            "CUSTOM, which asks a provider, is",
                            "use ALLOW or DENY");
            default -> {}
        }
        for (String target : List.of("targetRef", "targetRefs")) {
            if (spec.hasContent(target)) {
                unsupported.refuse(
                        spec.get(target),
                        "attaching a policy to a resource is",
                        "name the workloads with selector");
            }
        }
        for (Node rule : spec.items("rules")) {
            checkRule(rule, unsupported);
        }
    }

    private static void checkRule(Node rule, Unsupported unsupported) {
        for (Node from : rule.items("from")) {
            for (String field : List.of("requestPrincipals", "notRequestPrincipals")) {
                if (from.get("source").hasContent(field)) {
                    unsupported.refuse(
                            from.get("source").get(field),
                            "verifying whom a token speaks for is",
                            "use principals, which certificates prove");
                }
            }
        }
        for (Node condition : rule.items("when")) {
            Node key = condition.get("key");
            String attribute = key.text().orElse("");
            if (attribute.startsWith("request.auth.")) {
                unsupported.refuse(
                        key,
                        "verifying what a token says is",
                        "use source.principal, which certificates prove");
            }
            if (attribute.startsWith("experimental.")) {
                unsupported.refuse(
                        key,
                        "looking at what filters leave behind is",
                        "use another attribute, such as request.headers[name]");
            }
        }
    }
}
