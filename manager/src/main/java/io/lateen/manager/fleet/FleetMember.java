package io.lateen.manager.fleet;

import io.lateen.manager.snapshot.Proxy;
import java.time.Instant;

/**
 * A proxy that is connected to some manager, or was a moment ago.
 *
 * @param node the node's id
 * @param connection the stream
 * @param manager the manager that it is connected to
 * @param version what the proxy calls itself
 * @param started when the proxy's process began
 * @param connected when the stream began
 * @param health how the workload beside it is
 * @param leaving whether the connection broke, and the proxy has a moment to come back
 * @param registration what it serves
 */
public record FleetMember(
        String node,
        String connection,
        String manager,
        String version,
        Instant started,
        Instant connected,
        WorkloadHealth health,
        boolean leaving,
        Registration registration) {

    FleetMember with(WorkloadHealth now) {
        return new FleetMember(
                node, connection, manager, version, started, connected, now, leaving, registration);
    }

    FleetMember left() {
        return new FleetMember(
                node, connection, manager, version, started, connected, health, true, registration);
    }

    /**
     * How a workload is: unhealthy until its proxy first says otherwise. One that serves nothing is
     * well: its proxy has nothing to say.
     *
     * @param message why it is not healthy; empty when it is
     */
    public record WorkloadHealth(boolean healthy, String message) {

        private static final WorkloadHealth UNKNOWN =
                new WorkloadHealth(
                        false, "the proxy has not said yet that its workload is healthy");
        private static final WorkloadHealth SERVES_NOTHING = new WorkloadHealth(true, "");

        /** Before the proxy has said anything. */
        static WorkloadHealth before(Proxy proxy) {
            return proxy.servedPorts().isEmpty() ? SERVES_NOTHING : UNKNOWN;
        }
    }
}
