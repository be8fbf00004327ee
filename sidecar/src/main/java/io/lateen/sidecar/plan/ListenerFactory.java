package io.lateen.sidecar.plan;

import com.google.protobuf.Any;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.ProxyProtocolConfig;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.lateen.sidecar.exchange.ConnectionFilter;
import io.lateen.sidecar.exchange.Recording;
import io.lateen.sidecar.exchange.RequestFilter;
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
    private static final String PRESERVE_CASE =
            "envoy.extensions.http.header_formatters.preserve_case.v3.PreserveCaseFormatterConfig";
    private static final String SNIFFING = "envoy.filters.listener.http_inspector";
    private static final String READING_HANDSHAKES = "envoy.filters.listener.tls_inspector";
    private static final String READING_PROXY_HEADERS = "envoy.filters.listener.proxy_protocol";
    private static final Set<String> READING_DESTINATIONS =
            Set.of("envoy.filters.listener.original_dst");

    /** Envoy's default for a proxied connection. */
    private static final long IDLE_TIMEOUT_NANOS = 3_600_000_000_000L;

    /** Envoy's default for the first bytes of a connection, where they are needed. */
    private static final long DETECTION_NANOS = 15_000_000_000L;

    private ListenerFactory() {}

    static ListenerDraft listener(Listener from) throws Refusal {
        boolean sniffs = false;
        ProxyHeaders proxied = null;
        for (int i = 0; i < from.getListenerFiltersCount(); i++) {
            String name = from.getListenerFilters(i).getName();
            if (name.equals(SNIFFING)) {
                sniffs = true;
            } else if (name.equals(READING_PROXY_HEADERS)) {
                proxied = proxied(from, i);
            } else if (!READING_DESTINATIONS.contains(name) && !name.equals(READING_HANDSHAKES)) {
                throw new Refusal(
                        "listener_filters[" + i + "].name",
                        "is '%s'; expected tls_inspector, http_inspector, proxy_protocol or original_dst"
                                .formatted(name));
            }
        }
        return new ListenerDraft(
                from.getName(),
                EndpointFactory.address(from.getAddress(), false, "address"),
                !from.hasBindToPort() || from.getBindToPort().getValue(),
                from.getUseOriginalDst().getValue(),
                from.getTrafficDirection() == TrafficDirection.INBOUND,
                detection(from),
                proxied,
                hosts(Reading.metadata(from.getMetadata(), "lateen", "hosts")),
                traffic(from, sniffs));
    }

    private static ProxyHeaders proxied(Listener from, int index) throws Refusal {
        String at = "listener_filters[" + index + "]";
        if (from.hasBindToPort() && !from.getBindToPort().getValue()) {
            throw new Refusal(
                    at, "reads PROXY headers; expected that only of a listener that is bound");
        }
        ProxyProtocol filter =
                Reading.unpack(
                        from.getListenerFilters(index).getTypedConfig(),
                        ProxyProtocol.parser(),
                        KnownFields.PROXY_PROTOCOL,
                        at + ".typed_config");
        List<ProxyProtocolConfig.Version> refused = filter.getDisallowedVersionsList();
        return new ProxyHeaders(
                !filter.getAllowRequestsWithoutProxyProtocol(),
                !refused.contains(ProxyProtocolConfig.Version.V1),
                !refused.contains(ProxyProtocolConfig.Version.V2));
    }

    private static Detection detection(Listener from) throws Refusal {
        long timeout =
                from.hasListenerFiltersTimeout()
                        ? Reading.nanos(
                                from.getListenerFiltersTimeout(), "listener_filters_timeout")
                        : DETECTION_NANOS;
        return new Detection(timeout, from.getContinueOnListenerFiltersTimeout());
    }

    private static List<String> hosts(Value hosts) {
        return hosts.getListValue().getValuesList().stream()
                .map(host -> host.getStringValue().toLowerCase(Locale.ROOT))
                .toList();
    }

    // A listener with one kind of connections, or with two that their first bytes tell apart, is
    // known when it is compiled; all else is found out for each connection.
    private static ListenerDraft.Traffic traffic(Listener from, boolean sniffs) throws Refusal {
        List<FilterChain> chains = from.getFilterChainsList();
        boolean hasDefault = from.hasDefaultFilterChain();
        if (chains.isEmpty() && !hasDefault) {
            throw new Refusal("filter_chains", "are none; expected one or more");
        }
        if (chains.size() + (hasDefault ? 1 : 0) == 1) {
            FilterChain only = hasDefault ? from.getDefaultFilterChain() : chains.getFirst();
            if (!FilterChainFactory.chooses(only)) {
                return chain(only, hasDefault ? "default_filter_chain" : "filter_chains[0]");
            }
        }
        if (sniffs && chains.size() == 1 && hasDefault) {
            ListenerDraft.Traffic sniffed = sniffed(chains.getFirst(), from);
            if (sniffed != null) {
                return sniffed;
            }
        }
        return FilterChainFactory.chains(from, sniffs);
    }

    private static ListenerDraft.@Nullable Traffic sniffed(FilterChain http, Listener from)
            throws Refusal {
        if (!FilterChainFactory.choosesSniffedHttpAlone(http)
                || FilterChainFactory.chooses(from.getDefaultFilterChain())) {
            return null;
        }
        ListenerDraft.Traffic first = chain(http, "filter_chains[0]");
        ListenerDraft.Traffic rest = chain(from.getDefaultFilterChain(), "default_filter_chain");
        return first instanceof ListenerDraft.Traffic.Http(var source)
                        && rest instanceof ListenerDraft.Traffic.Tcp(var tcp)
                ? new ListenerDraft.Traffic.Sniffed(source, tcp)
                : null;
    }

    /** What the filters of a chain do with its connections. */
    static ListenerDraft.Traffic chain(FilterChain chain, String at) throws Refusal {
        if (chain.getFiltersCount() == 0) {
            throw new Refusal(
                    at + ".filters",
                    "are none; expected an HTTP connection manager or a tcp_proxy");
        }
        int last = chain.getFiltersCount() - 1;
        List<ConnectionFilter> asked = new ArrayList<>();
        for (int i = 0; i < last; i++) {
            AuthorizationFactory.connections(chain.getFilters(i), at + ".filters[" + i + "]")
                    .ifPresent(asked::add);
        }
        Any config = chain.getFilters(last).getTypedConfig();
        String field = at + ".filters[" + last + "].typed_config";
        return switch (Reading.typeOf(config)) {
            case HTTP -> {
                if (!asked.isEmpty()) {
                    throw new Refusal(
                            at + ".filters",
                            "ask connections before requests; expected an http.rbac filter in the"
                                    + " HTTP connection manager");
                }
                HttpConnectionManager manager =
                        Reading.unpack(
                                config,
                                HttpConnectionManager.parser(),
                                KnownFields.HTTP_CONNECTION_MANAGER,
                                field);
                yield new ListenerDraft.Traffic.Http(http(manager, field));
            }
            case TCP -> {
                TcpProxy proxy =
                        Reading.unpack(config, TcpProxy.parser(), KnownFields.TCP_PROXY, field);
                RouteOrigin origin = Reading.origin("default", chain.getMetadata());
                yield new ListenerDraft.Traffic.Tcp(tcp(proxy, origin, field).behind(asked));
            }
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
        return new TcpPlan(
                from.getStatPrefix(),
                clusters,
                idle,
                Reading.nanos(
                        from.getMaxDownstreamConnectionDuration(),
                        at + ".max_downstream_connection_duration"),
                keepsSources(from, at),
                origin,
                List.of(),
                RecordingFactory.connections(from.getAccessLogList(), at));
    }

    // Of a connection there is nothing else to hash.
    private static boolean keepsSources(TcpProxy from, String at) throws Refusal {
        for (int i = 0; i < from.getHashPolicyCount(); i++) {
            if (!from.getHashPolicy(i).hasSourceIp()) {
                throw new Refusal(
                        at + ".hash_policy[" + i + "]",
                        "is %s; expected source_ip"
                                .formatted(from.getHashPolicy(i).getPolicySpecifierCase()));
            }
        }
        return from.getHashPolicyCount() > 0;
    }

    private static ListenerDraft.HttpSource http(HttpConnectionManager from, String at)
            throws Refusal {
        if (from.hasStreamIdleTimeout()
                && Reading.nanos(from.getStreamIdleTimeout(), at + ".stream_idle_timeout") > 0) {
            throw new Refusal(
                    at + ".stream_idle_timeout",
                    "is not 0s; expected 0s here and an idle_timeout at the route");
        }
        checkForwarding(from, at);
        checkChoices(from, at);
        HttpFront front = front(from, at);
        List<RequestFilter> gates = HttpFilterFactory.gates(from.getHttpFiltersList(), at);
        Recording recording = RecordingFactory.requests(from.getAccessLogList(), at);
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
                            gates,
                            recording,
                            front,
                            routesName(from, at),
                            null);
            case ROUTE_CONFIG ->
                    new ListenerDraft.HttpSource(
                            from.getStatPrefix(),
                            from.getNormalizePath().getValue(),
                            upgrades,
                            gates,
                            recording,
                            front,
                            null,
                            RouteTable.compile(from.getRouteConfig(), null));
            case SCOPED_ROUTES, ROUTESPECIFIER_NOT_SET ->
                    throw new Refusal(at, "names no routes; expected rds or route_config");
        };
    }

    private static HttpFront front(HttpConnectionManager from, String at) throws Refusal {
        String name = from.getServerName();
        if (!name.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new Refusal(at + ".server_name", "is not printable ASCII");
        }
        Http1ProtocolOptions http1 = from.getHttpProtocolOptions();
        checkHeaderNames(http1, at + ".http_protocol_options.header_key_format");
        return HttpFront.of(name, from.getUseRemoteAddress().getValue(), http1.getAcceptHttp10());
    }

    // Names are passed on in the case they came in, always, between HTTP/1.1 and HTTP/1.1.
    private static void checkHeaderNames(Http1ProtocolOptions from, String at) throws Refusal {
        if (from.getHeaderKeyFormat().hasProperCaseWords()) {
            throw new Refusal(
                    at + ".proper_case_words",
                    "is set; expected stateful_formatter with preserve_case, or nothing: names keep"
                            + " the case they came in");
        }
        if (from.getHeaderKeyFormat().hasStatefulFormatter()) {
            Any formatter = from.getHeaderKeyFormat().getStatefulFormatter().getTypedConfig();
            if (!Reading.typeOf(formatter).equals(PRESERVE_CASE)) {
                throw new Refusal(
                        at + ".stateful_formatter",
                        "is a %s; expected PreserveCaseFormatterConfig"
                                .formatted(Reading.typeOf(formatter)));
            }
        }
    }

    /** What this sidecar does in one way alone. */
    private static void checkChoices(HttpConnectionManager from, String at) throws Refusal {
        if (from.getCodecType() != HttpConnectionManager.CodecType.AUTO) {
            throw new Refusal(
                    at + ".codec_type",
                    "is %s; expected AUTO: the first bytes of a connection tell HTTP/1.1 from HTTP/2"
                            .formatted(from.getCodecType()));
        }
        if (from.hasGenerateRequestId() && !from.getGenerateRequestId().getValue()) {
            throw new Refusal(
                    at + ".generate_request_id",
                    "is false; expected true: records of a request are found by its id");
        }
    }

    private static @Nullable String routesName(HttpConnectionManager from, String at)
            throws Refusal {
        String name = from.getRds().getRouteConfigName();
        if (name.isEmpty()) {
            throw new Refusal(at + ".rds.route_config_name", "is empty");
        }
        return name;
    }

    /** What is told of a client's certificate follows from the role; no role passes claims on. */
    private static void checkForwarding(HttpConnectionManager from, String at) throws Refusal {
        switch (from.getForwardClientCertDetails()) {
            case SANITIZE, SANITIZE_SET, APPEND_FORWARD -> {
                // Inbound it is appended, at a gateway set, outbound taken away.
            }
            case FORWARD_ONLY, ALWAYS_FORWARD_ONLY, UNRECOGNIZED ->
                    throw new Refusal(
                            at + ".forward_client_cert_details",
                            "is %s, by which anybody could claim to be somebody; expected SANITIZE,"
                                            .formatted(from.getForwardClientCertDetails())
                                    + " SANITIZE_SET or APPEND_FORWARD");
        }
    }
}
