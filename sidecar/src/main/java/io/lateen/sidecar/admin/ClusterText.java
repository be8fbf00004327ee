package io.lateen.sidecar.admin;

import io.lateen.sidecar.plan.ClusterPlan;
import io.lateen.sidecar.plan.EndpointPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.upstream.EndpointCount;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints clusters as Envoy's {@code /clusters} does: one line per cluster's setting and per
 * endpoint's, {@code name::address::key::value}, with what is going on there now.
 */
final class ClusterText {

    private final StringBuilder text = new StringBuilder();

    private ClusterText() {}

    /**
     * Prints the clusters of {@code plan}.
     *
     * @param counts of any number of event loops
     */
    static String print(Plan plan, List<EndpointCount> counts) {
        Map<String, Map<SocketAddress, EndpointCount>> byCluster = new HashMap<>();
        for (EndpointCount each : counts) {
            byCluster
                    .computeIfAbsent(each.cluster(), _ -> new LinkedHashMap<>())
                    .merge(each.address(), each, EndpointCount::plus);
        }
        ClusterText printed = new ClusterText();
        new TreeMap<>(plan.clusters())
                .forEach(
                        (name, cluster) ->
                                printed.cluster(
                                        name, cluster, byCluster.getOrDefault(name, Map.of())));
        return printed.text.toString();
    }

    private void cluster(
            String name, ClusterPlan cluster, Map<SocketAddress, EndpointCount> counts) {
        line(name, "discovery", cluster.discovery());
        line(name, "lb_policy", cluster.balancing().policy());
        line(name, "max_connections", cluster.limits().connections());
        line(name, "max_pending_requests", cluster.limits().pending());
        line(name, "max_requests", cluster.limits().requests());
        line(name, "max_retries", cluster.limits().retries());
        Map<SocketAddress, EndpointCount> all = new LinkedHashMap<>();
        // Those that were found by name are known to the loops alone, the others to the plan too,
        // though no loop has had a request for them.
        for (EndpointPlan each : cluster.endpoints()) {
            if (!(each.address() instanceof InetSocketAddress named && named.isUnresolved())) {
                all.put(
                        each.address(),
                        new EndpointCount(
                                name,
                                each.address(),
                                each,
                                EndpointCount.Standing.IN,
                                EndpointCount.Tally.NONE));
            }
        }
        counts.forEach((address, count) -> all.merge(address, count, EndpointCount::plus));
        all.values().forEach(count -> endpoint(name, count));
    }

    private void endpoint(String name, EndpointCount count) {
        String at = name + "::" + place(count.address());
        EndpointCount.Tally tally = count.tally();
        line(at, "cx_active", tally.connections());
        line(at, "cx_connect_fail", tally.refused());
        line(at, "cx_total", tally.opened());
        line(at, "rq_active", tally.active());
        line(at, "rq_pending", tally.waiting());
        line(at, "rq_total", tally.begun());
        line(at, "health_flags", health(count));
        line(at, "weight", count.plan().weight());
        line(at, "priority", count.plan().priority());
        line(at, "workload", count.plan().workload().workload());
        line(at, "locality", count.plan().locality());
    }

    private static String place(SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? inet.getHostString() + ":" + inet.getPort()
                : address.toString();
    }

    private static String health(EndpointCount count) {
        String flags =
                (count.standing().ill() ? "/failed_active_hc" : "")
                        + (count.standing().ejected() ? "/failed_outlier_check" : "")
                        + (count.plan().usable() ? "" : "/failed_eds_health");
        return flags.isEmpty() ? "healthy" : flags;
    }

    private void line(String of, String key, Object value) {
        text.append(of).append("::").append(key).append("::").append(value).append('\n');
    }
}
