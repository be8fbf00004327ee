package io.lateen.sidecar.plan;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One socket to listen on.
 *
 * @param name the key by which {@link Plan#listener} finds its listener; unique in a plan
 * @param address where to bind
 * @param role how its connections are read
 * @param dependency whom a DEPENDENCY socket stands for; null for every other role
 */
public record SocketPlan(
        String name, InetSocketAddress address, Role role, @Nullable Dependency dependency) {

    /** How the connections of a socket are read. */
    public enum Role {
        /** The application's own calls, by proxy request, by Host, or captured. */
        OUTBOUND_CAPTURE,
        /** Calls to the application. */
        INBOUND,
        /** Calls from outside the mesh. */
        GATEWAY,
        /** The application's calls to one service, which the socket's address stands for. */
        DEPENDENCY
    }

    /** Whether others connect to it, not the workload that the sidecar stands beside. */
    public boolean inbound() {
        return switch (role) {
            case INBOUND, GATEWAY -> true;
            case OUTBOUND_CAPTURE, DEPENDENCY -> false;
        };
    }

    /**
     * The service that a loopback listener stands for.
     *
     * @param host the service's name, in any form that the proxy may use
     * @param port the service's port
     */
    public record Dependency(String host, int port) {}
}
