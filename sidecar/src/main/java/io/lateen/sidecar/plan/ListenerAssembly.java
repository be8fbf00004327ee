package io.lateen.sidecar.plan;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.filter.quota.QuotaGate;
import io.lateen.sidecar.route.VirtualHostTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes listeners of their drafts and of the routes that these ask for. */
final class ListenerAssembly {

    private final ListenerDraft draft;
    private final Map<String, RouteTable> routes;
    private final LocalLimitFilters limits;

    private ListenerAssembly(
            ListenerDraft draft, Map<String, RouteTable> routes, LocalLimitFilters limits) {
        this.draft = draft;
        this.routes = routes;
        this.limits = limits;
    }

    /** A listener with its routes in place. */
    static ListenerPlan listener(
            ListenerDraft draft, Map<String, RouteTable> routes, LocalLimitFilters limits) {
        return new ListenerAssembly(draft, routes, limits).listener(draft.traffic());
    }

    private ListenerPlan listener(ListenerDraft.Traffic traffic) {
        return switch (traffic) {
            case ListenerDraft.Traffic.Http(var source) -> new ListenerPlan.Http(http(source));
            case ListenerDraft.Traffic.Tcp(TcpPlan tcp) -> new ListenerPlan.Tcp(tcp);
            case ListenerDraft.Traffic.Sniffed(var source, TcpPlan tcp) ->
                    new ListenerPlan.Sniffed(http(source), tcp, draft.detection());
            case ListenerDraft.Traffic.Chains(var chains, var otherwise, boolean sniffs) ->
                    new ListenerPlan.Chains(
                            new FilterChains(
                                    draft.name(),
                                    chains.stream().map(this::chain).toList(),
                                    otherwise == null ? null : chain(otherwise),
                                    sniffs,
                                    draft.detection()));
        };
    }

    private FilterChain chain(ListenerDraft.Chain from) {
        return new FilterChain(from.name(), from.wants(), from.tls(), listener(from.traffic()));
    }

    private HttpPlan http(ListenerDraft.HttpSource source) {
        return new HttpPlan(
                direction(),
                source.statPrefix(),
                source.normalizesPaths(),
                source.upgrades(),
                gated(table(source), source.gates()),
                source.gates(),
                source.recording(),
                source.front());
    }

    private RouteTable table(ListenerDraft.HttpSource source) {
        RouteTable own = source.own();
        @Nullable String name = source.routesName();
        return own != null
                ? own
                : name == null ? RouteTable.EMPTY : routes.getOrDefault(name, RouteTable.EMPTY);
    }

    // What every request must pass stands first in every route: a listener without such gates has
    // nothing to look at, and none is forgotten.
    private VirtualHostTable<VirtualHostPlan> gated(RouteTable table, List<RequestFilter> gates) {
        return gates.isEmpty() && !table.limited()
                ? table.virtualHosts()
                : table.virtualHosts()
                        .map(
                                host ->
                                        new VirtualHostPlan(
                                                host.name(),
                                                host.routes().stream()
                                                        .map(
                                                                route ->
                                                                        gated(
                                                                                host.name(),
                                                                                route,
                                                                                gates))
                                                        .toList()));
    }

    private RoutePlan gated(String host, RoutePlan route, List<RequestFilter> gates) {
        List<RequestFilter> own = new ArrayList<>(route.requestFilters());
        Optional<LocalLimitGate> ownLimits = limitsOf(own);
        own.removeIf(LocalLimitGate.class::isInstance);
        List<RequestFilter> all = new ArrayList<>();
        for (RequestFilter gate : gates) {
            switch (gate) {
                // What is counted, a route says: where it says nothing there is nothing to ask.
                case QuotaGate quota -> quota.on(route.quota()).ifPresent(all::add);
                case LocalLimitGate local when ownLimits.isEmpty() ->
                        limits.of(local, route.quota(), draft.name()).ifPresent(all::add);
                case LocalLimitGate _ -> {
                    // The route's own stand in their place, below.
                }
                default -> all.add(gate);
            }
        }
        ownLimits
                .flatMap(
                        local ->
                                limits.of(
                                        local,
                                        route.quota(),
                                        draft.name() + "/" + host + "/" + route.routeName()))
                .ifPresent(all::add);
        all.addAll(own);
        return new RoutePlan(
                route.origin(),
                route.match(),
                all,
                route.requestEdits(),
                route.responseEdits(),
                route.cors(),
                route.action(),
                route.quota());
    }

    private static Optional<LocalLimitGate> limitsOf(List<RequestFilter> filters) {
        return filters.stream()
                .filter(LocalLimitGate.class::isInstance)
                .map(LocalLimitGate.class::cast)
                .findFirst();
    }

    private Direction direction() {
        if (draft.inbound()) {
            return Direction.INBOUND;
        }
        return draft.binds() && !draft.captures() ? Direction.GATEWAY : Direction.OUTBOUND;
    }
}
