package io.lateen.model.support;

import io.lateen.model.document.Node;

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
                policy.get("retryBudget", "budgetInterval"),
                "counting requests over a time is",
                "leave it out: the requests of the moment count");
    }

    private static void checkBlocks(Node policy, Unsupported unsupported) {
        Node tls = policy.get("tls");
        unsupported.refuse(tls.get("caCrl"), "a list of revoked certificates is", "leave it out");
        if (tls.text("mode").equals("ISTIO_MUTUAL")) {
            if (tls.isTrue("insecureSkipVerify")) {
                unsupported.refuse(
                        tls.get("insecureSkipVerify"),
                        "taking a certificate of the mesh unseen is",
                        "leave it out");
            }
        }
        Node balancer = policy.get("loadBalancer");
        Node zones = balancer.get("zoneAwareLbSetting");
        if (!Boolean.FALSE.equals(zones.get("enabled").value())) {
            unsupported.refuse(
                    zones,
                    "preferring the own zone by its share of clients is",
                    "use localityLbSetting, or set enabled: false");
        }
        unsupported.refuse(
                policy.get("outlierDetection", "outlierDetectionHttpErrorCodes"),
                "choosing the statuses that count as errors is",
                "leave it out: 5xx count");
        unsupported.refuse(
                balancer.get("backendUtilization"),
                "balancing by reported load is",
                "use simple: LEAST_REQUEST");
    }
}
