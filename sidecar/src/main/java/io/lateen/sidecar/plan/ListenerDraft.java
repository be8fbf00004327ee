package io.lateen.sidecar.plan;

import io.lateen.sidecar.exchange.Recording;
import io.lateen.sidecar.exchange.RequestFilter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A compiled listener that still needs its routes.
 *
 * @param address where it is bound, or which address and port it stands for
 * @param binds whether it has a socket of its own
 * @param captures whether other listeners serve what comes to its socket
 * @param inbound whether it leads to the application
 * @param detection how long its clients' first bytes are waited for
 * @param proxied that its connections begin with a PROXY header; null when they do not
 * @param hosts names that stand for its address, lower case
 */
record ListenerDraft(
        String name,
        InetSocketAddress address,
        boolean binds,
        boolean captures,
        boolean inbound,
        Detection detection,
        @Nullable ProxyHeaders proxied,
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

        /**
         * Told by how they begin.
         *
         * @param otherwise for those that no chain wants; null closes them
         * @param sniffs whether plain ones are looked at for HTTP
         */
        record Chains(List<Chain> chains, @Nullable Chain otherwise, boolean sniffs)
                implements Traffic {}
    }

    /** One filter chain of several. */
    record Chain(
            String name, FilterChain.Wants wants, @Nullable DownstreamTls tls, Traffic traffic) {}

    /**
     * Where the routes of an HTTP listener come from.
     *
     * @param normalizesPaths as {@link HttpPlan#normalizesPaths}
     * @param gates what every request passes before its route's own filters
     * @param recording where records of requests go; null for nowhere
     * @param front how it stands to those who call it
     * @param routesName by which they are asked for; null when they are its own
     * @param own its own; null when they are asked for
     */
    record HttpSource(
            String statPrefix,
            boolean normalizesPaths,
            List<String> upgrades,
            List<RequestFilter> gates,
            @Nullable Recording recording,
            HttpFront front,
            @Nullable String routesName,
            @Nullable RouteTable own) {

        HttpSource {
            upgrades = List.copyOf(upgrades);
            gates = List.copyOf(gates);
        }
    }

    /** By which names its routes are asked for; none when it needs none. */
    Set<String> routesNames() {
        Set<String> names = new TreeSet<>();
        addRoutesNames(traffic, names);
        return names;
    }

    private static void addRoutesNames(Traffic traffic, Set<String> names) {
        switch (traffic) {
            case Traffic.Http(HttpSource source) -> addName(source, names);
            case Traffic.Sniffed(HttpSource source, _) -> addName(source, names);
            case Traffic.Tcp _ -> {
                // Bytes have no routes.
            }
            case Traffic.Chains(var chains, var otherwise, _) -> {
                chains.forEach(each -> addRoutesNames(each.traffic(), names));
                if (otherwise != null) {
                    addRoutesNames(otherwise.traffic(), names);
                }
            }
        }
    }

    private static void addName(HttpSource source, Set<String> names) {
        if (source.routesName() != null) {
            names.add(source.routesName());
        }
    }
}
