package io.lateen.sidecar.plan;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled listener that still needs its routes.
 *
 * @param address where it is bound, or which address and port it stands for
 * @param binds whether it has a socket of its own
 * @param captures whether other listeners serve what comes to its socket
 * @param inbound whether it leads to the application
 * @param hosts names that stand for its address, lower case
 */
record ListenerDraft(
        String name,
        InetSocketAddress address,
        boolean binds,
        boolean captures,
        boolean inbound,
        List<String> hosts,
        Traffic traffic) {

    /** What its connections are. */
    sealed interface Traffic {

        /** HTTP. */
        record Http(HttpSource source) implements Traffic {}

        /** Bytes. */
        record Tcp(TcpPlan plan) implements Traffic {}

        /** Told by their first bytes. */
        record Sniffed(HttpSource source, TcpPlan plan) implements Traffic {}
    }

    /**
     * Where the routes of an HTTP listener come from.
     *
     * @param normalizesPaths as {@link HttpPlan#normalizesPaths}
     * @param routesName by which they are asked for; null when they are its own
     * @param own its own; null when they are asked for
     */
    record HttpSource(
            String statPrefix,
            boolean normalizesPaths,
            List<String> upgrades,
            @Nullable String routesName,
            @Nullable RouteTable own) {}

    /** By which name its routes are asked for; null when it needs none. */
    @Nullable String routesName() {
        return switch (traffic) {
            case Traffic.Http(HttpSource source) -> source.routesName();
            case Traffic.Sniffed(HttpSource source, _) -> source.routesName();
            case Traffic.Tcp _ -> null;
        };
    }
}
