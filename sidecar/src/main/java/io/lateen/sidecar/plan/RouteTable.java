package io.lateen.sidecar.plan;

import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.lateen.sidecar.route.VirtualHostTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled {@code RouteConfiguration}: its virtual hosts by authority, and what each was compiled
 * from, so that the next version compiles only those that changed.
 *
 * @param virtualHosts for {@link HttpPlan}
 * @param sources what each virtual host was compiled from, by its name
 * @param limited whether a route has limits of its own, which the sidecar counts
 */
record RouteTable(
        VirtualHostTable<VirtualHostPlan> virtualHosts,
        Map<String, Compiled> sources,
        boolean limited) {

    /** A virtual host and what it was compiled from. */
    record Compiled(VirtualHost source, VirtualHostPlan plan) {}

    /** No virtual host: every request ends with flag NR. */
    static final RouteTable EMPTY =
            new RouteTable(VirtualHostTable.of(true, List.of()), Map.of(), false);

    /**
     * Compiles a table.
     *
     * @param previous the last version of the same table, null for the first
     */
    static RouteTable compile(RouteConfiguration configuration, @Nullable RouteTable previous)
            throws Refusal {
        Map<String, Compiled> sources = new HashMap<>();
        List<VirtualHostTable.Entry<VirtualHostPlan>> entries = new ArrayList<>();
        Set<String> domains = new HashSet<>();
        for (VirtualHost host : configuration.getVirtualHostsList()) {
            String at = "virtual_hosts[" + host.getName() + "]";
            Compiled known = previous == null ? null : previous.sources().get(host.getName());
            Compiled compiled =
                    known != null && known.source().equals(host)
                            ? known
                            : new Compiled(host, virtualHost(host, at));
            if (sources.put(host.getName(), compiled) != null) {
                throw new Refusal(at + ".name", "is there twice; expected each name once");
            }
            for (String domain : host.getDomainsList()) {
                if (!domains.add(domain.toLowerCase(Locale.ROOT))) {
                    throw new Refusal(
                            at + ".domains",
                            "holds '%s', which another virtual host has; expected each domain once"
                                    .formatted(domain));
                }
                entries.add(new VirtualHostTable.Entry<>(domain, compiled.plan()));
            }
        }
        return new RouteTable(
                VirtualHostTable.of(configuration.getIgnorePortInHostMatching(), entries),
                sources,
                sources.values().stream().anyMatch(RouteTable::isLimited));
    }

    private static boolean isLimited(Compiled host) {
        return host.plan().routes().stream()
                .flatMap(route -> route.requestFilters().stream())
                .anyMatch(LocalLimitGate.class::isInstance);
    }

    private static VirtualHostPlan virtualHost(VirtualHost host, String at) throws Refusal {
        if (host.getDomainsCount() == 0) {
            throw new Refusal(at + ".domains", "is empty; expected at least one domain or *");
        }
        List<RoutePlan> routes = new ArrayList<>();
        for (int i = 0; i < host.getRoutesCount(); i++) {
            routes.add(RouteFactory.route(host.getRoutes(i), at + ".routes[" + i + "]"));
        }
        return new VirtualHostPlan(host.getName(), routes);
    }
}
