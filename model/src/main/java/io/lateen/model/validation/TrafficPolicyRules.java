package io.lateen.model.validation;

import io.lateen.model.document.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules for how a host, a subset or a port is called. */
final class TrafficPolicyRules {

    /** Envoy's own limits. */
    private static final long LARGEST_MAGLEV_TABLE = 5_000_011;

    private static final long LARGEST_RING = 8_388_608;

    private TrafficPolicyRules() {}

    static void check(Node policy, Violations violations) {
        if (!policy.exists()) {
            return;
        }
        if (policy.present(
                        "loadBalancer",
                        "connectionPool",
                        "outlierDetection",
                        "tls",
                        "portLevelSettings",
                        "tunnel",
                        "proxyProtocol",
                        "retryBudget")
                .isEmpty()) {
            violations.add(
                    policy.path(), "an empty policy", "at least one of its fields", "remove it");
        }
        checkBlocks(policy, violations);
        checkTunnel(policy.get("tunnel"), violations);
        Set<Long> ports = new HashSet<>();
        for (Node settings : policy.items("portLevelSettings")) {
            checkPort(settings, ports, violations);
        }
    }

    private static void checkPort(Node settings, Set<Long> ports, Violations violations) {
        Node port = settings.get("port");
        if (!port.exists()) {
            violations.add(port.path(), "nothing", "the port that the settings are for");
        }
        RouteDestinationRules.checkSelector(port, violations);
        Node number = port.get("number");
        if (number.integer().isPresent() && !ports.add(number.integer().getAsLong())) {
            violations.add(
                    number.path(),
                    number.shown() + " again",
                    "each port once",
                    "merge the settings");
        }
        checkBlocks(settings, violations);
    }

    private static void checkBlocks(Node policy, Violations violations) {
        checkLoadBalancer(policy.get("loadBalancer"), violations);
        checkConnectionPool(policy.get("connectionPool"), violations);
        checkOutlierDetection(policy.get("outlierDetection"), violations);
        ClientTlsRules.check(policy.get("tls"), violations);
    }

    private static void checkLoadBalancer(Node balancer, Violations violations) {
        Node hash = balancer.get("consistentHash");
        boolean keyed =
                hash.hasContent("httpHeaderName")
                        || hash.has("httpCookie")
                        || hash.isTrue("useSourceIp")
                        || hash.hasContent("httpQueryParameterName");
        if (hash.exists() && !keyed) {
            violations.add(
                    hash.path(),
                    "no key",
                    "one of httpHeaderName, httpCookie, useSourceIp: true, httpQueryParameterName");
        }
        for (Node name : List.of(hash.get("httpCookie", "name"), hash.get("httpHeaderName"))) {
            if (name.text().filter(text -> !Syntax.isToken(text)).isPresent()) {
                violations.add(
                        name.path(),
                        name.shown(),
                        "a name of letters, digits and signs, not empty");
            }
        }
        Node path = hash.get("httpCookie", "path");
        if (path.text().filter(text -> !Syntax.isVisible(text) || text.contains(";")).isPresent()) {
            violations.add(path.path(), path.shown(), "a path, without spaces and semicolons");
        }
        for (Node size :
                List.of(hash.get("minimumRingSize"), hash.get("ringHash", "minimumRingSize"))) {
            if (size.integer().orElse(0) > LARGEST_RING) {
                violations.add(size.path(), size.shown(), "at most " + LARGEST_RING);
            }
        }
        Node table = hash.get("maglev", "tableSize");
        long size = table.integer().orElse(2);
        if (size > LARGEST_MAGLEV_TABLE || (size >= 0 && !isPrime(size))) {
            violations.add(table.path(), table.shown(), "a prime number up to 5000011");
        }
        if (hash.has("minimumRingSize")) {
            violations.warn(
                    hash.get("minimumRingSize").path(),
                    "is deprecated; write ringHash.minimumRingSize");
        }
        for (Node attribute : hash.get("httpCookie").items("attributes")) {
            checkAttribute(attribute, violations);
        }
        LocalityRules.check(balancer.get("localityLbSetting"), violations);
        if (balancer.has("warmup") && balancer.has("warmupDurationSecs")) {
            violations.add(
                    balancer.get("warmupDurationSecs").path(),
                    "warmupDurationSecs beside warmup",
                    "either warmup or warmupDurationSecs",
                    "write warmup.duration alone");
        }
    }

    private static void checkAttribute(Node attribute, Violations violations) {
        Node name = attribute.get("name");
        if (name.text().filter(text -> !Syntax.isToken(text)).isPresent()) {
            violations.add(
                    name.path(), name.shown(), "a name of letters, digits and signs, not empty");
        }
        Node value = attribute.get("value");
        if (value.text()
                .filter(text -> !text.isEmpty() && (!Syntax.isVisible(text) || text.contains(";")))
                .isPresent()) {
            violations.add(value.path(), value.shown(), "a value, without spaces and semicolons");
        }
    }

    private static boolean isPrime(long number) {
        for (long divisor = 2; divisor * divisor <= number; divisor++) {
            if (number % divisor == 0) {
                return false;
            }
        }
        return number > 1;
    }

    private static void checkConnectionPool(Node pool, Violations violations) {
        if (!pool.exists()) {
            return;
        }
        Node tcp = pool.get("tcp");
        Node http = pool.get("http");
        if (!tcp.exists() && !http.exists()) {
            violations.add(pool.path(), "an empty pool", "tcp, http, or both", "remove it");
        }
        CommonRules.notNegative(tcp.get("maxConnections"), violations);
        for (String duration : List.of("connectTimeout", "idleTimeout", "maxConnectionDuration")) {
            CommonRules.wholeMilliseconds(tcp.get(duration), violations);
        }
        for (String limit :
                List.of(
                        "http1MaxPendingRequests",
                        "http2MaxRequests",
                        "maxRequestsPerConnection",
                        "maxRetries",
                        "maxConcurrentStreams")) {
            CommonRules.notNegative(http.get(limit), violations);
        }
        CommonRules.wholeMilliseconds(http.get("idleTimeout"), violations);
        if (http.isTrue("useClientProtocol") && http.text("h2UpgradePolicy").equals("UPGRADE")) {
            violations.add(
                    http.get("useClientProtocol").path(),
                    "true beside h2UpgradePolicy UPGRADE",
                    "either the client's protocol or HTTP/2",
                    "remove one of them");
        }
    }

    private static void checkOutlierDetection(Node detection, Violations violations) {
        CommonRules.wholePercent(detection.get("maxEjectionPercent"), violations);
        CommonRules.wholePercent(detection.get("minHealthPercent"), violations);
        CommonRules.wholeMilliseconds(detection.get("interval"), violations);
        CommonRules.wholeMilliseconds(detection.get("baseEjectionTime"), violations);
        Node local = detection.get("consecutiveLocalOriginFailures");
        if (local.integer().orElse(0) > 0 && !detection.isTrue("splitExternalLocalOriginErrors")) {
            violations.add(
                    local.path(),
                    local.shown() + " without splitExternalLocalOriginErrors",
                    "splitExternalLocalOriginErrors: true beside it",
                    "set it, or remove consecutiveLocalOriginFailures");
        }
        if (detection.has("consecutiveErrors")) {
            violations.warn(
                    detection.get("consecutiveErrors").path(),
                    "has no effect; write consecutive5xxErrors");
        }
    }

    private static void checkTunnel(Node tunnel, Violations violations) {
        Node protocol = tunnel.get("protocol");
        if (!List.of("", "CONNECT", "POST").contains(protocol.text().orElse(""))) {
            violations.add(protocol.path(), protocol.shown(), "CONNECT or POST");
        }
        Node host = tunnel.get("targetHost");
        if (host.text()
                .filter(text -> !Syntax.isDnsName(text) && !Syntax.isAddress(text))
                .isPresent()) {
            violations.add(host.path(), host.shown(), "a DNS name or an IP address");
        }
        CommonRules.port(tunnel.get("targetPort"), violations);
    }
}
