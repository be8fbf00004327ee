package io.lateen.model.validation;

import io.lateen.model.document.Node;

/**
 * What the parts of a resource must be to each other: everything that a schema cannot say. The
 * rules are those of Istio's CRDs and of its admission, for each kind.
 */
public final class ResourceRules {

    private ResourceRules() {}

    /**
     * Reports everything that is wrong. Parts of the wrong type are passed over: the schema has
     * reported them.
     *
     * @param document whose {@code kind} says which rules hold
     */
    public static void check(Node document, Violations violations) {
        MetadataRules.check(document, violations);
        Node spec = document.get("spec");
        switch (document.text("kind")) {
            case "VirtualService" -> VirtualServiceRules.check(spec, violations);
            case "DestinationRule" -> DestinationRuleRules.check(spec, violations);
            case "ServiceEntry" -> ServiceEntryRules.check(spec, violations);
            case "WorkloadEntry" -> WorkloadEntryRules.check(spec, violations);
            case "Gateway" -> GatewayRules.check(spec, violations);
            case "PeerAuthentication" -> PeerAuthenticationRules.check(spec, violations);
            case "RateLimit" -> RateLimitRules.check(spec, violations);
            case "AuthorizationPolicy" -> AuthorizationPolicyRules.check(spec, violations);
            default -> {}
        }
        ExportToRules.check(document, violations);
    }
}
