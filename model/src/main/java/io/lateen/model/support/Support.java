package io.lateen.model.support;

import io.lateen.model.document.Node;
import io.lateen.model.validation.Violations;

/**
 * Refuses by name what is right but not in force yet, so that nothing is silently ignored; warns
 * where a resource is useful all the same.
 */
public final class Support {

    private Support() {}

    /**
     * Reports everything that is not supported yet.
     *
     * @param document whose {@code kind} says what to look at
     */
    public static void check(Node document, Violations violations) {
        Node spec = document.get("spec");
        Unsupported unsupported = new Unsupported(violations);
        switch (document.text("kind")) {
            case "VirtualService" -> VirtualServiceSupport.check(spec, unsupported);
            case "DestinationRule" -> DestinationRuleSupport.check(spec, unsupported);
            case "ServiceEntry" -> ServiceEntrySupport.check(spec, unsupported);
            case "WorkloadEntry" -> ServiceEntrySupport.checkWorkload(spec, unsupported);
            case "Gateway" -> GatewaySupport.check(spec, unsupported);
            case "AuthorizationPolicy" -> AuthorizationPolicySupport.check(document, unsupported);
            default -> {}
        }
    }
}
