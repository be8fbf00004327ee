package io.lateen.sidecar.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts compiled resources together into a plan and remembers what it made of what, so that a part
 * whose resources did not change is the same instance in the next plan. Confined to the
 * configuration thread.
 */
final class PlanAssembly {

    private final List<SocketPlan> dependencies;
    private final LocalLimitFilters limits = new LocalLimitFilters();
    private final @Nullable ProxyHeaders gateways;
    private Map<String, MadeCluster> clusters = Map.of();
    private Map<String, MadeListener> listeners = Map.of();
    private Outbound outbound = Outbound.NOTHING;

    PlanAssembly(List<SocketPlan> dependencies, @Nullable ProxyHeaders gateways) {
        this.dependencies = List.copyOf(dependencies);
        this.gateways = gateways;
    }

    private record MadeCluster(
            ClusterFactory.Compiled source, List<EndpointPlan> endpoints, ClusterPlan plan) {}

    /** A listener with its routes in place, by the names that it asks for them by. */
    record MadeListener(ListenerDraft draft, Map<String, RouteTable> routes, ListenerPlan plan) {}

    Plan plan(
            long revision,
            Map<String, ClusterFactory.Compiled> clusterSources,
            Map<String, List<EndpointPlan>> endpoints,
            Map<String, ListenerDraft> drafts,
            Map<String, RouteTable> routes) {
        clusters = clusters(clusterSources, endpoints);
        Map<String, MadeListener> made = listeners(drafts, routes);
        if (!sameListeners(made)) {
            listeners = made;
            outbound = OutboundFactory.outbound(made.values());
        }
        Map<String, ClusterPlan> clusterPlans = HashMap.newHashMap(clusters.size());
        clusters.forEach((name, each) -> clusterPlans.put(name, each.plan()));
        limits.tidy();
        return new Plan(revision, sockets(), socketListeners(), outbound, clusterPlans, proxied());
    }

    private Map<String, MadeCluster> clusters(
            Map<String, ClusterFactory.Compiled> sources,
            Map<String, List<EndpointPlan>> endpoints) {
        Map<String, MadeCluster> made = HashMap.newHashMap(sources.size());
        sources.forEach(
                (name, source) -> {
                    String told = source.endpointsName();
                    List<EndpointPlan> its =
                            told == null
                                    ? source.plan().endpoints()
                                    : endpoints.getOrDefault(told, List.of());
                    MadeCluster before = clusters.get(name);
                    made.put(
                            name,
                            before != null
                                            && same(before.source(), source)
                                            && same(before.endpoints(), its)
                                    ? before
                                    : new MadeCluster(source, its, source.with(its)));
                });
        return made;
    }

    private Map<String, MadeListener> listeners(
            Map<String, ListenerDraft> drafts, Map<String, RouteTable> routes) {
        Map<String, MadeListener> made = HashMap.newHashMap(drafts.size());
        drafts.forEach(
                (name, draft) -> {
                    Map<String, RouteTable> its = new HashMap<>();
                    for (String each : draft.routesNames()) {
                        its.put(each, routes.getOrDefault(each, RouteTable.EMPTY));
                    }
                    MadeListener before = listeners.get(name);
                    made.put(
                            name,
                            before != null
                                            && same(before.draft(), draft)
                                            && sameRoutes(before.routes(), its)
                                    ? before
                                    : new MadeListener(
                                            draft,
                                            its,
                                            ListenerAssembly.listener(draft, its, limits)));
                });
        return made;
    }

    private static boolean sameRoutes(Map<String, RouteTable> before, Map<String, RouteTable> now) {
        return before.keySet().equals(now.keySet())
                && before.entrySet().stream()
                        .allMatch(each -> same(each.getValue(), now.get(each.getKey())));
    }

    private boolean sameListeners(Map<String, MadeListener> made) {
        return made.size() == listeners.size()
                && made.entrySet().stream()
                        .allMatch(each -> same(listeners.get(each.getKey()), each.getValue()));
    }

    /** Whether it was made of the very same part: an equal one would cost a deep comparison. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean same(@Nullable Object before, @Nullable Object now) {
        return before == now;
    }

    private List<SocketPlan> sockets() {
        List<SocketPlan> sockets = new ArrayList<>();
        for (MadeListener each : listeners.values()) {
            if (each.draft().binds()) {
                sockets.add(
                        new SocketPlan(
                                each.draft().name(), each.draft().address(), role(each), null));
            }
        }
        sockets.sort(Comparator.comparing(SocketPlan::name));
        sockets.addAll(dependencies);
        return sockets;
    }

    private Map<String, ProxyHeaders> proxied() {
        Map<String, ProxyHeaders> proxied = new HashMap<>();
        listeners.forEach(
                (name, each) -> {
                    ProxyHeaders headers = each.draft().proxied();
                    if (headers == null && role(each) == SocketPlan.Role.GATEWAY) {
                        headers = gateways;
                    }
                    if (headers != null && each.draft().binds()) {
                        proxied.put(name, headers);
                    }
                });
        return proxied;
    }

    private static SocketPlan.Role role(MadeListener listener) {
        if (listener.draft().captures()) {
            return SocketPlan.Role.OUTBOUND_CAPTURE;
        }
        return listener.draft().inbound() ? SocketPlan.Role.INBOUND : SocketPlan.Role.GATEWAY;
    }

    private Map<String, ListenerPlan> socketListeners() {
        Map<String, ListenerPlan> plans = new HashMap<>();
        listeners.forEach(
                (name, each) -> {
                    if (each.draft().binds()) {
                        plans.put(name, each.plan());
                    }
                });
        for (SocketPlan socket : dependencies) {
            SocketPlan.Dependency service = socket.dependency();
            if (service != null) {
                plans.put(socket.name(), outbound.byHostAndPort(service.host(), service.port()));
            }
        }
        return plans;
    }
}
