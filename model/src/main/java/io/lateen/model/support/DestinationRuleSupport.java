package io.lateen.model.support;

import io.lateen.model.document.Node;
import java.util.List;

/** What DestinationRules may say that is not in force yet. */
final class DestinationRuleSupport {

    private DestinationRuleSupport() {}

    static void check(Node spec, Unsupported unsupported) {
        checkPolicy(spec.get("trafficPolicy"), unsupported);
        for (Node subset : spec.items("subsets")) {
            checkPolicy(subset.get("trafficPolicy"), unsupported);
        }
    }

    private static void checkPolicy(Node policy, Unsupported unsupported) {
        checkBlocks(policy, unsupported);
        for (Node port : policy.items("portLevelSettings")) {
            checkBlocks(port, unsupported);
        }
        unsupported.refuse(policy.get("tunnel"), "tunnels are", "call the host directly");
        unsupported.refuse(policy.get("proxyProtocol"), "the PROXY protocol is", "leave it out");
        unsupported.refuse(
                policy.get("retryBudget"),
                "retryBudget is",
                "limit retries with connectionPool.http.maxRetries");
    }

    private static void checkBlocks(Node policy, Unsupported unsupported) {
        Node tls = policy.get("tls");
        if (!List.of("", "DISABLE").contains(tls.text("mode"))) {
            unsupported.refuse(
                    tls.get("mode"),
                    "encrypting to the host (mTLS arrives with auth-ca, TLS with certificates) is",
                    "leave tls out, or set its mode to DISABLE");
        }
        Node balancer = policy.get("loadBalancer");
        unsupported.refuse(
                balancer.get("localityLbSetting"),
                "preferring localities is",
                "leave it out: every locality is used");
        unsupported.refuse(
                balancer.get("zoneAwareLbSetting"),
                "preferring zones is",
                "leave it out: every zone is used");
        unsupported.refuse(
                balancer.get("backendUtilization"),
                "balancing by reported load is",
                "use simple: LEAST_REQUEST");
    }
}
