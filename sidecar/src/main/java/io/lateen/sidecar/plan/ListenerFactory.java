package io.lateen.sidecar.plan;

import com.google.protobuf.Any;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes listeners from {@code envoy.config.listener.v3.Listener}. */
final class ListenerFactory {

    private static final String HTTP =
            "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";
    private static final String TCP = "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy";
    private static final Set<String> SNIFFING = Set.of("envoy.filters.listener.http_inspector");
    private static final Set<String> READING_DESTINATIONS =
            Set.of("envoy.filters.listener.original_dst");
    private static final String ROUTER = "envoy.filters.http.router";
    private static final Set<String> SNIFFED_AS_HTTP = Set.of("http/1.0", "http/1.1", "h2c");

    /** Envoy's default for a proxied connection. */
    private static final long IDLE_TIMEOUT_NANOS = 3_600_000_000_000L;

    private ListenerFactory() {}

    static ListenerDraft listener(Listener from) throws Refusal {
        boolean sniffs = false;
        for (int i = 0; i < from.getListenerFiltersCount(); i++) {
            String name = from.getListenerFilters(i).getName();
            if (SNIFFING.contains(name)) {
                sniffs = true;
            } else if (!READING_DESTINATIONS.contains(name)) {
                throw new Refusal(
                        "listener_filters[" + i + "].name",
                        "is '%s'; expected http_inspector or original_dst".formatted(name));
            }
        }
        return new ListenerDraft(
                from.getName(),
                EndpointFactory.address(from.getAddress(), false, "address"),
                !from.hasBindToPort() || from.getBindToPort().getValue(),
                from.getUseOriginalDst().getValue(),
                from.getTrafficDirection() == TrafficDirection.INBOUND,
                hosts(Reading.metadata(from.getMetadata(), "lateen", "hosts")),
                traffic(from, sniffs));
    }

    private static List<String> hosts(Value hosts) {
        return hosts.getListValue().getValuesList().stream()
                .map(host -> host.getStringValue().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static ListenerDraft.Traffic traffic(Listener from, boolean sniffs) throws Refusal {
        List<FilterChain> chains = new ArrayList<>(from.getFilterChainsList());
        boolean hasDefault = from.hasDefaultFilterChain();
        if (chains.size() + (hasDefault ? 1 : 0) == 1) {
            FilterChain only = hasDefault ? from.getDefaultFilterChain() : chains.getFirst();
            if (only.getFilterChainMatch().getApplicationProtocolsCount() > 0) {
                throw new Refusal(
                        "filter_chains[0].filter_chain_match",
                        "chooses protocols and there is no other chain; expected two chains");
            }
            return chain(only, hasDefault ? "default_filter_chain" : "filter_chains[0]");
        }
        if (chains.size() != 1 || !hasDefault || !sniffs) {
            throw new Refusal(
                    "filter_chains",
                    "has %d chains%s; expected one, or with http_inspector one for HTTP and a"
                                    .formatted(chains.size(), hasDefault ? " and a default" : "")
                            + " default for all else");
        }
        FilterChain http = chains.getFirst();
        List<String> protocols = http.getFilterChainMatch().getApplicationProtocolsList();
        if (protocols.isEmpty() || !SNIFFED_AS_HTTP.containsAll(protocols)) {
            throw new Refusal(
                    "filter_chains[0].filter_chain_match.application_protocols",
                    "is %s; expected http/1.1 and h2c".formatted(protocols));
        }
        ListenerDraft.Traffic first = chain(http, "filter_chains[0]");
        ListenerDraft.Traffic rest = chain(from.getDefaultFilterChain(), "default_filter_chain");
        if (first instanceof ListenerDraft.Traffic.Http(var source)
                && rest instanceof ListenerDraft.Traffic.Tcp(var tcp)) {
            return new ListenerDraft.Traffic.Sniffed(source, tcp);
        }
        throw new Refusal(
                "filter_chains", "are not HTTP first and a tcp_proxy by default; expected these");
    }

    private static ListenerDraft.Traffic chain(FilterChain chain, String at) throws Refusal {
        if (chain.getFiltersCount() != 1) {
            throw new Refusal(
                    at + ".filters",
                    "has %d filters; expected one, an HTTP connection manager or a tcp_proxy"
                            .formatted(chain.getFiltersCount()));
        }
        Filter filter = chain.getFilters(0);
        String field = at + ".filters[0].typed_config";
        Any config = filter.getTypedConfig();
        return switch (Reading.typeOf(config)) {
            case HTTP ->
                    new ListenerDraft.Traffic.Http(
                            http(
                                    Reading.unpack(
                                            config,
                                            HttpConnectionManager.parser(),
                                            KnownFields.HTTP_CONNECTION_MANAGER,
                                            field),
                                    field));
            case TCP ->
                    new ListenerDraft.Traffic.Tcp(
                            tcp(
                                    Reading.unpack(
                                            config,
                                            TcpProxy.parser(),
                                            KnownFields.TCP_PROXY,
                                            field),
                                    Reading.origin("default", chain.getMetadata()),
                                    field));
            default ->
                    throw new Refusal(
                            field,
                            "is a %s; expected HttpConnectionManager or TcpProxy"
                                    .formatted(Reading.typeOf(config)));
        };
    }

    private static TcpPlan tcp(TcpProxy from, RouteOrigin origin, String at) throws Refusal {
        ClusterChoice clusters =
                switch (from.getClusterSpecifierCase()) {
                    case CLUSTER -> new ClusterChoice.Single(Destination.of(from.getCluster()));
                    case WEIGHTED_CLUSTERS ->
                            ForwardFactory.choice(
                                    from.getWeightedClusters().getClustersList().stream()
                                            .map(
                                                    each ->
                                                            Destination.of(each.getName())
                                                                    .weighing(each.getWeight()))
                                            .toList(),
                                    at + ".weighted_clusters");
                    case CLUSTERSPECIFIER_NOT_SET ->
                            throw new Refusal(
                                    at, "names no cluster; expected cluster or weighted_clusters");
                };
        long idle =
                from.hasIdleTimeout()
                        ? Reading.nanos(from.getIdleTimeout(), at + ".idle_timeout")
                        : IDLE_TIMEOUT_NANOS;
        return new TcpPlan(from.getStatPrefix(), clusters, idle, origin);
    }

    private static ListenerDraft.HttpSource http(HttpConnectionManager from, String at)
            throws Refusal {
        if (from.hasStreamIdleTimeout()
                && Reading.nanos(from.getStreamIdleTimeout(), at + ".stream_idle_timeout") > 0) {
            throw new Refusal(
                    at + ".stream_idle_timeout",
                    "is not 0s; expected 0s here and an idle_timeout at the route");
        }
        checkFilters(from.getHttpFiltersList(), at);
        List<String> upgrades = new ArrayList<>();
        for (HttpConnectionManager.UpgradeConfig upgrade : from.getUpgradeConfigsList()) {
            if (!upgrade.hasEnabled() || upgrade.getEnabled().getValue()) {
                upgrades.add(upgrade.getUpgradeType().toLowerCase(Locale.ROOT));
            }
        }
        return switch (from.getRouteSpecifierCase()) {
            case RDS ->
                    new ListenerDraft.HttpSource(
                            from.getStatPrefix(),
                            from.getNormalizePath().getValue(),
                            upgrades,
                            routesName(from, at),
                            null);
            case ROUTE_CONFIG ->
                    new ListenerDraft.HttpSource(
                            from.getStatPrefix(),
                            from.getNormalizePath().getValue(),
                            upgrades,
                            null,
                            RouteTable.compile(from.getRouteConfig(), null));
            case SCOPED_ROUTES, ROUTESPECIFIER_NOT_SET ->
                    throw new Refusal(at, "names no routes; expected rds or route_config");
        };
    }

    private static @Nullable String routesName(HttpConnectionManager from, String at)
            throws Refusal {
        String name = from.getRds().getRouteConfigName();
        if (name.isEmpty()) {
            throw new Refusal(at + ".rds.route_config_name", "is empty");
        }
        return name;
    }

    /** Filters take their settings from the routes; the last of them forwards. */
    private static void checkFilters(List<HttpFilter> filters, String at) throws Refusal {
        for (int i = 0; i < filters.size(); i++) {
            String name = filters.get(i).getName();
            boolean known =
                    name.equals(ROUTER)
                            || name.equals(FilterFactory.FAULT)
                            || name.equals(FilterFactory.CORS);
            if (!known) {
                throw new Refusal(
                        at + ".http_filters[" + i + "]",
                        "is '%s'; expected %s, %s or %s"
                                .formatted(name, FilterFactory.FAULT, FilterFactory.CORS, ROUTER));
            }
        }
        if (filters.isEmpty() || !filters.getLast().getName().equals(ROUTER)) {
            throw new Refusal(at + ".http_filters", "do not end with " + ROUTER);
        }
    }
}
