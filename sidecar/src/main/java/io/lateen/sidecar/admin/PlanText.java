package io.lateen.sidecar.admin;

import io.lateen.sidecar.plan.ClusterPlan;
import io.lateen.sidecar.plan.EndpointPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.SocketPlan;
import java.util.Map;
import java.util.TreeMap;

/** Prints a plan as Envoy's text pages do. */
final class PlanText {

    private PlanText() {}

    /** One line per cluster's setting and per endpoint's: {@code name::address::key::value}. */
    static String clusters(Plan plan) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, ClusterPlan> entry : new TreeMap<>(plan.clusters()).entrySet()) {
            String name = entry.getKey();
            ClusterPlan cluster = entry.getValue();
            line(text, name, "discovery", cluster.discovery());
            line(text, name, "lb_policy", cluster.balancing());
            line(text, name, "max_connections", cluster.limits().connections());
            line(text, name, "max_pending_requests", cluster.limits().pending());
            line(text, name, "max_requests", cluster.limits().requests());
            line(text, name, "max_retries", cluster.limits().retries());
            for (EndpointPlan endpoint : cluster.endpoints()) {
                String at =
                        name
                                + "::"
                                + endpoint.address().getHostString()
                                + ":"
                                + endpoint.address().getPort();
                line(
                        text,
                        at,
                        "health_flags",
                        endpoint.usable() ? "healthy" : "/failed_eds_health");
                line(text, at, "weight", endpoint.weight());
                line(text, at, "priority", endpoint.priority());
                line(text, at, "workload", endpoint.workload().workload());
                line(text, at, "locality", endpoint.locality());
            }
        }
        return text.toString();
    }

    /** One line per socket: {@code name::address role}. */
    static String listeners(Plan plan) {
        StringBuilder text = new StringBuilder();
        for (SocketPlan socket : plan.sockets()) {
            text.append(socket.name())
                    .append("::")
                    .append(socket.address().getHostString())
                    .append(':')
                    .append(socket.address().getPort())
                    .append(' ')
                    .append(socket.role())
                    .append('\n');
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String of, String key, Object value) {
        text.append(of).append("::").append(key).append("::").append(value).append('\n');
    }
}
