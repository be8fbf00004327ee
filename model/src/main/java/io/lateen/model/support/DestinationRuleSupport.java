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
        if (!List.of("", "DISABLE", "ISTIO_MUTUAL").contains(tls.text("mode"))) {
            unsupported.refuse(
                    tls.get("mode"),
                    "encrypting with certificates from elsewhere than the mesh is",
                    "leave tls out, or set its mode to ISTIO_MUTUAL or DISABLE");
        }
        if (tls.text("mode").equals("ISTIO_MUTUAL")) {
            unsupported.refuse(
                    tls.get("caCrl"), "a list of revoked certificates is", "leave it out");
            if (tls.isTrue("insecureSkipVerify")) {
                unsupported.refuse(
                        tls.get("insecureSkipVerify"),
                        "taking a certificate of the mesh unseen is",
                        "leave it out");
            }
        }
        Node balancer = policy.get("loadBalancer");
        for (String setting : List.of("localityLbSetting", "zoneAwareLbSetting")) {
            Node preference = balancer.get(setting);
            if (!Boolean.FALSE.equals(preference.get("enabled").value())) {
                unsupported.refuse(
                        preference,
                        "preferring localities is",
                        "leave it out, or set enabled: false; every locality is used");
            }
        }
        unsupported.refuse(
                balancer.get("consistentHash", "httpCookie", "attributes"),
                "an attribute of a cookie other than path and ttl is",
                "leave them out");
        for (String warmup : List.of("warmup", "warmupDurationSecs")) {
            unsupported.warn(
                    balancer.get(warmup),
                    "has no effect yet: a new endpoint has its full share at once");
        }
        Node pool = policy.get("connectionPool");
        unsupported.refuse(
                pool.get("tcp", "maxConnectionDuration"),
                "a longest life of connections is",
                "limit silence with idleTimeout");
        unsupported.refuse(
                pool.get("http", "maxConcurrentStreams"),
                "a limit of streams on one connection is",
                "limit requests with http2MaxRequests");
        unsupported.warn(
                pool.get("http", "http2KeepAlive"), "has no effect yet: no pings are sent");
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
