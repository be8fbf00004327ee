package io.lateen.sidecar.admin;

import io.lateen.sidecar.plan.Detection;
import io.lateen.sidecar.plan.FilterChain;
import io.lateen.sidecar.plan.FilterChains;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.SocketPlan;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Prints a plan as Envoy's text pages do. */
final class PlanText {

    private PlanText() {}

    /** One line per socket: {@code name::address role, what is spoken}. */
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
                    .append(spoken(plan, socket))
                    .append('\n');
        }
        return text.toString();
    }

    private static String spoken(Plan plan, SocketPlan socket) {
        SocketPlan.Dependency dependency = socket.dependency();
        return switch (socket.role()) {
            // Each request and each CONNECT finds a listener of its own.
            case OUTBOUND_CAPTURE -> "";
            case INBOUND, GATEWAY -> ", " + spoken(plan.listener(socket.name()));
            case DEPENDENCY ->
                    dependency == null
                            ? ""
                            : ", "
                                    + spoken(
                                            plan.outbound()
                                                    .byHostAndPort(
                                                            dependency.host(), dependency.port()));
        };
    }

    private static String spoken(ListenerPlan listener) {
        return switch (listener) {
            case ListenerPlan.Http _ -> "HTTP";
            case ListenerPlan.Tcp _ -> "bytes";
            case ListenerPlan.Sniffed(_, _, Detection wait) ->
                    "HTTP or bytes by what is sent first" + limit(wait);
            case ListenerPlan.Chains(FilterChains chains) ->
                    chains.chains().stream()
                                    .map(PlanText::spoken)
                                    .distinct()
                                    .collect(Collectors.joining("; "))
                            + limit(chains.detection());
            case ListenerPlan.Refused _ -> "refused";
        };
    }

    private static String spoken(FilterChain chain) {
        String in =
                switch (chain.wants().transport()) {
                    case ANY -> "";
                    case PLAIN -> " in plain text";
                    case TLS -> chain.tls() == null ? " in TLS, passed on" : " in TLS";
                };
        return spoken(chain.traffic()) + in;
    }

    private static String limit(Detection wait) {
        return wait.timeoutNanos() == 0
                ? ""
                : ", undecided for at most "
                        + TimeUnit.NANOSECONDS.toMillis(wait.timeoutNanos())
                        + " ms";
    }
}
