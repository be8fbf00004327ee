package io.lateen.sidecar.plan;

import com.google.protobuf.Any;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.RoutingPriority;
import io.envoyproxy.envoy.config.core.v3.TcpKeepalive;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.lateen.sidecar.exchange.ClusterFacts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes clusters from {@code envoy.config.cluster.v3.Cluster}. */
final class ClusterFactory {

    private static final String HTTP_OPTIONS =
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

    /** Envoy's defaults. */
    private static final long CONNECT_TIMEOUT_NANOS = 5_000_000_000L;

    private static final long DNS_REFRESH_NANOS = 5_000_000_000L;
    private static final long IDLE_TIMEOUT_NANOS = 3_600_000_000_000L;

    private final EndpointFactory endpoints;

    ClusterFactory(EndpointFactory endpoints) {
        this.endpoints = endpoints;
    }

    /**
     * A cluster, and by which name its endpoints are asked for.
     *
     * @param plan without endpoints when these are told apart
     * @param endpointsName null when they are told with the cluster, or not at all
     */
    record Compiled(ClusterPlan plan, @Nullable String endpointsName) {

        /** The cluster with the endpoints that were told apart. */
        ClusterPlan with(List<EndpointPlan> endpoints) {
            return new ClusterPlan(
                    plan.name(),
                    plan.discovery(),
                    plan.balancing(),
                    endpoints,
                    plan.connections(),
                    plan.limits(),
                    plan.outlier(),
                    plan.check(),
                    plan.facts(),
                    plan.transport());
        }
    }

    Compiled cluster(Cluster from) throws Refusal {
        Discovery discovery = discovery(from);
        boolean told = from.getType() == Cluster.DiscoveryType.EDS;
        List<EndpointPlan> own =
                endpoints.endpoints(
                        from.getLoadAssignment(),
                        discovery instanceof Discovery.StrictDns
                                || discovery instanceof Discovery.LogicalDns,
                        "load_assignment.");
        if (discovery instanceof Discovery.LogicalDns && own.size() != 1) {
            throw new Refusal(
                    "load_assignment",
                    "has %d endpoints; LOGICAL_DNS expects one".formatted(own.size()));
        }
        ClusterPlan plan =
                new ClusterPlan(
                        from.getName(),
                        discovery,
                        BalancingFactory.balancing(from),
                        told ? List.of() : own,
                        connections(from),
                        limits(from.getCircuitBreakers()),
                        from.hasOutlierDetection()
                                ? OutlierFactory.outlier(
                                        from.getOutlierDetection(), "outlier_detection")
                                : null,
                        HealthCheckFactory.check(from),
                        facts(from),
                        TransportFactory.endpoints(from));
        String service = from.getEdsClusterConfig().getServiceName();
        return new Compiled(plan, told ? (service.isEmpty() ? from.getName() : service) : null);
    }

    @SuppressWarnings("deprecation") // Envoy is about to move these into an extension
    private static Discovery discovery(Cluster from) throws Refusal {
        if (from.hasClusterType()) {
            throw new Refusal("cluster_type", "is an extension; expected type");
        }
        long refresh =
                from.hasDnsRefreshRate()
                        ? Reading.nanos(from.getDnsRefreshRate(), "dns_refresh_rate")
                        : DNS_REFRESH_NANOS;
        return switch (from.getType()) {
            case STATIC, EDS -> new Discovery.Listed();
            case STRICT_DNS -> new Discovery.StrictDns(refresh, from.getRespectDnsTtl());
            case LOGICAL_DNS -> new Discovery.LogicalDns(refresh, from.getRespectDnsTtl());
            case ORIGINAL_DST -> new Discovery.OriginalDestination();
            case UNRECOGNIZED -> throw new Refusal("type", "is not known");
        };
    }

    @SuppressWarnings("deprecation") // max_requests_per_connection of older managers
    private static ConnectionPolicy connections(Cluster from) throws Refusal {
        HttpProtocolOptions http = httpOptions(from.getTypedExtensionProtocolOptionsMap());
        io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions common =
                http.getCommonHttpProtocolOptions();
        long connectTimeout =
                from.hasConnectTimeout()
                        ? Reading.nanos(from.getConnectTimeout(), "connect_timeout")
                        : CONNECT_TIMEOUT_NANOS;
        long idleTimeout =
                common.hasIdleTimeout()
                        ? Reading.nanos(common.getIdleTimeout(), HTTP_OPTIONS + ".idle_timeout")
                        : IDLE_TIMEOUT_NANOS;
        int requests =
                common.hasMaxRequestsPerConnection()
                        ? common.getMaxRequestsPerConnection().getValue()
                        : from.getMaxRequestsPerConnection().getValue();
        long duration =
                Reading.nanos(common.getMaxStreamDuration(), HTTP_OPTIONS + ".max_stream_duration");
        ConnectionPolicy.UpstreamProtocol protocol = protocol(http);
        ConnectionPolicy.TcpKeepAlive keepAlive = keepAlive(from);
        long life =
                Reading.nanos(
                        common.getMaxConnectionDuration(),
                        HTTP_OPTIONS + ".max_connection_duration");
        ConnectionPolicy.Http2 http2 = Http2Factory.http2(http, HTTP_OPTIONS);
        String hash =
                "%s/%d/%d/%d/%s/%d/%s"
                        .formatted(
                                protocol,
                                connectTimeout,
                                idleTimeout,
                                requests,
                                keepAlive,
                                life,
                                http2);
        return new ConnectionPolicy(
                connectTimeout,
                idleTimeout,
                protocol,
                requests,
                duration,
                life,
                http2,
                keepAlive,
                hash);
    }

    private static HttpProtocolOptions httpOptions(Map<String, Any> options) throws Refusal {
        for (String name : options.keySet()) {
            if (!name.equals(HTTP_OPTIONS)) {
                throw new Refusal(
                        "typed_extension_protocol_options[" + name + "]",
                        "is not supported by this sidecar; expected " + HTTP_OPTIONS);
            }
        }
        Any http = options.get(HTTP_OPTIONS);
        return http == null
                ? HttpProtocolOptions.getDefaultInstance()
                : Reading.unpack(
                        http,
                        HttpProtocolOptions.parser(),
                        KnownClusterFields.UPSTREAM_HTTP_OPTIONS,
                        HTTP_OPTIONS);
    }

    private static ConnectionPolicy.UpstreamProtocol protocol(HttpProtocolOptions http)
            throws Refusal {
        return switch (http.getUpstreamProtocolOptionsCase()) {
            case EXPLICIT_HTTP_CONFIG ->
                    http.getExplicitHttpConfig().hasHttp2ProtocolOptions()
                            ? ConnectionPolicy.UpstreamProtocol.HTTP2
                            : ConnectionPolicy.UpstreamProtocol.HTTP1;
            case USE_DOWNSTREAM_PROTOCOL_CONFIG ->
                    ConnectionPolicy.UpstreamProtocol.SAME_AS_DOWNSTREAM;
            case UPSTREAMPROTOCOLOPTIONS_NOT_SET -> ConnectionPolicy.UpstreamProtocol.HTTP1;
            case AUTO_CONFIG ->
                    throw new Refusal(
                            HTTP_OPTIONS + ".auto_config",
                            "needs TLS, which this cluster has not; expected"
                                    + " explicit_http_config or use_downstream_protocol_config");
        };
    }

    private static ConnectionPolicy.TcpKeepAlive keepAlive(Cluster from) {
        if (!from.getUpstreamConnectionOptions().hasTcpKeepalive()) {
            return ConnectionPolicy.TcpKeepAlive.OFF;
        }
        TcpKeepalive probes = from.getUpstreamConnectionOptions().getTcpKeepalive();
        return new ConnectionPolicy.TcpKeepAlive(
                true,
                probes.getKeepaliveProbes().getValue(),
                probes.getKeepaliveTime().getValue(),
                probes.getKeepaliveInterval().getValue());
    }

    private static ClusterLimits limits(CircuitBreakers breakers) throws Refusal {
        if (breakers.getThresholdsCount() == 0) {
            // Envoy's own defaults for a cluster that names none.
            return new ClusterLimits(1024, 1024, 1024, 3);
        }
        if (breakers.getThresholdsCount() > 1
                || breakers.getThresholds(0).getPriority() != RoutingPriority.DEFAULT) {
            throw new Refusal(
                    "circuit_breakers.thresholds",
                    "has other priorities than DEFAULT; expected one threshold");
        }
        CircuitBreakers.Thresholds limits = breakers.getThresholds(0);
        return new ClusterLimits(
                limits.hasMaxConnections() ? unsigned(limits.getMaxConnections().getValue()) : 1024,
                limits.hasMaxPendingRequests()
                        ? unsigned(limits.getMaxPendingRequests().getValue())
                        : 1024,
                limits.hasMaxRequests() ? unsigned(limits.getMaxRequests().getValue()) : 1024,
                limits.hasMaxRetries() ? unsigned(limits.getMaxRetries().getValue()) : 3,
                limits.hasRetryBudget() ? budget(limits.getRetryBudget()) : null);
    }

    private static ClusterLimits.Budget budget(CircuitBreakers.Thresholds.RetryBudget from)
            throws Refusal {
        double percent = from.hasBudgetPercent() ? from.getBudgetPercent().getValue() : 20;
        if (!(percent >= 0 && percent <= 100)) {
            throw new Refusal(
                    "circuit_breakers.thresholds.retry_budget.budget_percent",
                    "is %s; expected 0..100".formatted(percent));
        }
        return new ClusterLimits.Budget(
                percent,
                from.hasMinRetryConcurrency()
                        ? unsigned(from.getMinRetryConcurrency().getValue())
                        : 3);
    }

    private static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }

    private static ClusterFacts facts(Cluster from) {
        boolean external =
                flag(Reading.metadata(from.getMetadata(), "istio", "external"))
                        // Whoever is reached by address alone is not known to be in the mesh.
                        || from.getType() == Cluster.DiscoveryType.ORIGINAL_DST;
        Value services = Reading.metadata(from.getMetadata(), "istio", "services");
        if (services.getListValue().getValuesCount() == 0) {
            return ClusterFacts.unnamed(from.getName(), external);
        }
        Map<String, Value> service =
                services.getListValue().getValues(0).getStructValue().getFieldsMap();
        return new ClusterFacts(
                from.getName(),
                text(service, "host"),
                text(service, "name"),
                text(service, "namespace"),
                external);
    }

    /** Istio writes booleans of metadata as such, older versions as text. */
    private static boolean flag(Value value) {
        return value.getBoolValue() || value.getStringValue().equals("true");
    }

    private static String text(Map<String, Value> fields, String name) {
        return fields.getOrDefault(name, Value.getDefaultInstance()).getStringValue();
    }
}
