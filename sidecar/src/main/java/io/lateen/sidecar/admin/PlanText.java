package io.lateen.sidecar.admin;

import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.SocketPlan;

/** Prints a plan as Envoy's text pages do. */
final class PlanText {

    private PlanText() {}

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
}
