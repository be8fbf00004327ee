package io.lateen.sidecar.plan;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.filter.quota.QuotaGate;
import io.lateen.sidecar.route.VirtualHostTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes listeners of their drafts and of the routes that these ask for. */
final class ListenerAssembly {

    private final ListenerDraft draft;
    private final Map<String, RouteTable> routes;

    private ListenerAssembly(ListenerDraft draft, Map<String, RouteTable> routes) {
        this.draft = draft;
        this.routes = routes;
    }

    /** A listener with its routes in place. */
    static ListenerPlan listener(ListenerDraft draft, Map<String, RouteTable> routes) {
        return new ListenerAssembly(draft, routes).listener(draft.traffic());
    }

    private ListenerPlan listener(ListenerDraft.Traffic traffic) {
        return switch (traffic) {
            case ListenerDraft.Traffic.Http(var source) -> new ListenerPlan.Http(http(source));
            case ListenerDraft.Traffic.Tcp(TcpPlan tcp) -> new ListenerPlan.Tcp(tcp);
            case ListenerDraft.Traffic.Sniffed(var source, TcpPlan tcp) ->
                    new ListenerPlan.Sniffed(http(source), tcp);
            case ListenerDraft.Traffic.Chains(var chains, var otherwise, boolean sniffs) ->
                    new ListenerPlan.Chains(
                            new FilterChains(
                                    draft.name(),
                                    chains.stream().map(this::chain).toList(),
                                    otherwise == null ? null : chain(otherwise),
                                    sniffs));
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
                gated(table(source).virtualHosts(), source.gates()),
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
    private static VirtualHostTable<VirtualHostPlan> gated(
            VirtualHostTable<VirtualHostPlan> hosts, List<RequestFilter> gates) {
        return gates.isEmpty()
                ? hosts
                : hosts.map(
                        host ->
                                new VirtualHostPlan(
                                        host.name(),
                                        host.routes().stream()
                                                .map(route -> gated(route, gates))
                                                .toList()));
    }

    private static RoutePlan gated(RoutePlan route, List<RequestFilter> gates) {
        List<RequestFilter> all = new ArrayList<>();
        for (RequestFilter gate : gates) {
            // What is counted, a route says: where it says nothing there is nothing to ask.
            if (gate instanceof QuotaGate quota) {
                quota.on(route.quota()).ifPresent(all::add);
            } else {
                all.add(gate);
            }
        }
        all.addAll(route.requestFilters());
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

    private Direction direction() {
        if (draft.inbound()) {
            return Direction.INBOUND;
        }
        return draft.binds() && !draft.captures() ? Direction.GATEWAY : Direction.OUTBOUND;
    }
}
