package io.lateen.sidecar.plan;

import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.OutlierDetection;
import io.envoyproxy.envoy.config.cluster.v3.UpstreamConnectionOptions;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Pipe;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig;

/** What of clusters and their endpoints is known; as {@link KnownFields}. */
final class KnownClusterFields {

    private KnownClusterFields() {}

    private static final Shape SOCKET =
            Shape.of(SocketAddress::getDescriptor)
                    .with(
                            SocketAddress.PROTOCOL_FIELD_NUMBER,
                            SocketAddress.ADDRESS_FIELD_NUMBER,
                            SocketAddress.PORT_VALUE_FIELD_NUMBER);

    static final Shape SOCKET_ADDRESS =
            Shape.of(io.envoyproxy.envoy.config.core.v3.Address::getDescriptor)
                    .with(
                            io.envoyproxy.envoy.config.core.v3.Address.SOCKET_ADDRESS_FIELD_NUMBER,
                            SOCKET);

    private static final Shape ENDPOINT_ADDRESS =
            Shape.of(io.envoyproxy.envoy.config.core.v3.Address::getDescriptor)
                    .with(
                            io.envoyproxy.envoy.config.core.v3.Address.SOCKET_ADDRESS_FIELD_NUMBER,
                            SOCKET)
                    .with(
                            io.envoyproxy.envoy.config.core.v3.Address.PIPE_FIELD_NUMBER,
                            Shape.of(Pipe::getDescriptor).with(Pipe.PATH_FIELD_NUMBER));

    static final Shape ENDPOINTS =
            Shape.of(ClusterLoadAssignment::getDescriptor)
                    .with(ClusterLoadAssignment.CLUSTER_NAME_FIELD_NUMBER)
                    .with(
                            ClusterLoadAssignment.POLICY_FIELD_NUMBER,
                            // The factor is only read to refuse another one than Envoy's.
                            Shape.of(ClusterLoadAssignment.Policy::getDescriptor)
                                    .with(
                                            ClusterLoadAssignment.Policy
                                                    .OVERPROVISIONING_FACTOR_FIELD_NUMBER))
                    .with(
                            ClusterLoadAssignment.ENDPOINTS_FIELD_NUMBER,
                            Shape.of(LocalityLbEndpoints::getDescriptor)
                                    .with(
                                            LocalityLbEndpoints.LOCALITY_FIELD_NUMBER,
                                            LocalityLbEndpoints.LOAD_BALANCING_WEIGHT_FIELD_NUMBER,
                                            LocalityLbEndpoints.PRIORITY_FIELD_NUMBER,
                                            LocalityLbEndpoints.METADATA_FIELD_NUMBER)
                                    .with(
                                            LocalityLbEndpoints.LB_ENDPOINTS_FIELD_NUMBER,
                                            Shape.of(LbEndpoint::getDescriptor)
                                                    .with(
                                                            LbEndpoint.HEALTH_STATUS_FIELD_NUMBER,
                                                            LbEndpoint.METADATA_FIELD_NUMBER,
                                                            LbEndpoint
                                                                    .LOAD_BALANCING_WEIGHT_FIELD_NUMBER)
                                                    .with(
                                                            LbEndpoint.ENDPOINT_FIELD_NUMBER,
                                                            // A host name beside the address only
                                                            // serves TLS and health checks.
                                                            Shape.of(Endpoint::getDescriptor)
                                                                    .with(
                                                                            Endpoint
                                                                                    .HOSTNAME_FIELD_NUMBER)
                                                                    .with(
                                                                            Endpoint
                                                                                    .ADDRESS_FIELD_NUMBER,
                                                                            ENDPOINT_ADDRESS))));

    private static final Shape OUTLIER =
            Shape.of(OutlierDetection::getDescriptor)
                    // Success-rate and failure-percentage tests are read to refuse enforced ones;
                    // their parameters say nothing while they are off.
                    .with(
                            OutlierDetection.CONSECUTIVE_5XX_FIELD_NUMBER,
                            OutlierDetection.INTERVAL_FIELD_NUMBER,
                            OutlierDetection.BASE_EJECTION_TIME_FIELD_NUMBER,
                            OutlierDetection.MAX_EJECTION_PERCENT_FIELD_NUMBER,
                            OutlierDetection.ENFORCING_CONSECUTIVE_5XX_FIELD_NUMBER,
                            OutlierDetection.ENFORCING_SUCCESS_RATE_FIELD_NUMBER,
                            OutlierDetection.SUCCESS_RATE_MINIMUM_HOSTS_FIELD_NUMBER,
                            OutlierDetection.SUCCESS_RATE_REQUEST_VOLUME_FIELD_NUMBER,
                            OutlierDetection.SUCCESS_RATE_STDEV_FACTOR_FIELD_NUMBER,
                            OutlierDetection.CONSECUTIVE_GATEWAY_FAILURE_FIELD_NUMBER,
                            OutlierDetection.ENFORCING_CONSECUTIVE_GATEWAY_FAILURE_FIELD_NUMBER,
                            OutlierDetection.SPLIT_EXTERNAL_LOCAL_ORIGIN_ERRORS_FIELD_NUMBER,
                            OutlierDetection.CONSECUTIVE_LOCAL_ORIGIN_FAILURE_FIELD_NUMBER,
                            OutlierDetection
                                    .ENFORCING_CONSECUTIVE_LOCAL_ORIGIN_FAILURE_FIELD_NUMBER,
                            OutlierDetection.ENFORCING_LOCAL_ORIGIN_SUCCESS_RATE_FIELD_NUMBER,
                            OutlierDetection.ENFORCING_FAILURE_PERCENTAGE_FIELD_NUMBER,
                            OutlierDetection.ENFORCING_FAILURE_PERCENTAGE_LOCAL_ORIGIN_FIELD_NUMBER,
                            OutlierDetection.MAX_EJECTION_TIME_FIELD_NUMBER);

    private static final Shape SLOW_START =
            Shape.of(Cluster.SlowStartConfig::getDescriptor)
                    // The aggression's runtime key is of Envoy's own switches.
                    .with(
                            Cluster.SlowStartConfig.SLOW_START_WINDOW_FIELD_NUMBER,
                            Cluster.SlowStartConfig.AGGRESSION_FIELD_NUMBER,
                            Cluster.SlowStartConfig.MIN_WEIGHT_PERCENT_FIELD_NUMBER);

    private static final Shape HEALTH_CHECK =
            Shape.of(HealthCheck::getDescriptor)
                    // A connection is made for each question, whatever is said of reusing it, and
                    // clusters are asked from their first request on: there is none without
                    // traffic.
                    .with(
                            HealthCheck.TIMEOUT_FIELD_NUMBER,
                            HealthCheck.INTERVAL_FIELD_NUMBER,
                            HealthCheck.INITIAL_JITTER_FIELD_NUMBER,
                            HealthCheck.INTERVAL_JITTER_FIELD_NUMBER,
                            HealthCheck.INTERVAL_JITTER_PERCENT_FIELD_NUMBER,
                            HealthCheck.UNHEALTHY_THRESHOLD_FIELD_NUMBER,
                            HealthCheck.HEALTHY_THRESHOLD_FIELD_NUMBER,
                            HealthCheck.REUSE_CONNECTION_FIELD_NUMBER,
                            HealthCheck.NO_TRAFFIC_INTERVAL_FIELD_NUMBER,
                            HealthCheck.NO_TRAFFIC_HEALTHY_INTERVAL_FIELD_NUMBER,
                            HealthCheck.UNHEALTHY_INTERVAL_FIELD_NUMBER)
                    .with(
                            HealthCheck.HTTP_HEALTH_CHECK_FIELD_NUMBER,
                            Shape.of(HealthCheck.HttpHealthCheck::getDescriptor)
                                    .with(
                                            HealthCheck.HttpHealthCheck.HOST_FIELD_NUMBER,
                                            HealthCheck.HttpHealthCheck.PATH_FIELD_NUMBER,
                                            HealthCheck.HttpHealthCheck.METHOD_FIELD_NUMBER,
                                            HealthCheck.HttpHealthCheck
                                                    .EXPECTED_STATUSES_FIELD_NUMBER,
                                            HealthCheck.HttpHealthCheck
                                                    .CODEC_CLIENT_TYPE_FIELD_NUMBER))
                    .with(
                            HealthCheck.TCP_HEALTH_CHECK_FIELD_NUMBER,
                            Shape.of(HealthCheck.TcpHealthCheck::getDescriptor)
                                    .with(
                                            HealthCheck.TcpHealthCheck.SEND_FIELD_NUMBER,
                                            HealthCheck.TcpHealthCheck.RECEIVE_FIELD_NUMBER))
                    .with(
                            HealthCheck.GRPC_HEALTH_CHECK_FIELD_NUMBER,
                            Shape.of(HealthCheck.GrpcHealthCheck::getDescriptor)
                                    .with(
                                            HealthCheck.GrpcHealthCheck.SERVICE_NAME_FIELD_NUMBER,
                                            HealthCheck.GrpcHealthCheck.AUTHORITY_FIELD_NUMBER));

    private static final Shape RETRY_BUDGET =
            Shape.of(CircuitBreakers.Thresholds.RetryBudget::getDescriptor)
                    .with(
                            CircuitBreakers.Thresholds.RetryBudget.BUDGET_PERCENT_FIELD_NUMBER,
                            CircuitBreakers.Thresholds.RetryBudget
                                    .MIN_RETRY_CONCURRENCY_FIELD_NUMBER);

    static final Shape CLUSTER =
            Shape.of(Cluster::getDescriptor)
                    // The alternative name is for statistics that are not kept by name here;
                    // warming
                    // is always waited for; IPv4 and IPv6 answers are taken as they come.
                    .with(
                            Cluster.NAME_FIELD_NUMBER,
                            Cluster.ALT_STAT_NAME_FIELD_NUMBER,
                            Cluster.WAIT_FOR_WARM_ON_INIT_FIELD_NUMBER,
                            Cluster.DNS_LOOKUP_FAMILY_FIELD_NUMBER,
                            Cluster.TYPE_FIELD_NUMBER,
                            Cluster.EDS_CLUSTER_CONFIG_FIELD_NUMBER,
                            Cluster.CONNECT_TIMEOUT_FIELD_NUMBER,
                            Cluster.LB_POLICY_FIELD_NUMBER,
                            Cluster.MAX_REQUESTS_PER_CONNECTION_FIELD_NUMBER,
                            Cluster.DNS_REFRESH_RATE_FIELD_NUMBER,
                            Cluster.DNS_FAILURE_REFRESH_RATE_FIELD_NUMBER,
                            Cluster.DNS_JITTER_FIELD_NUMBER,
                            Cluster.RESPECT_DNS_TTL_FIELD_NUMBER,
                            Cluster.METADATA_FIELD_NUMBER,
                            Cluster.TYPED_EXTENSION_PROTOCOL_OPTIONS_FIELD_NUMBER)
                    .with(Cluster.LOAD_ASSIGNMENT_FIELD_NUMBER, ENDPOINTS)
                    .with(Cluster.TRANSPORT_SOCKET_FIELD_NUMBER, KnownTlsFields.TRANSPORT_SOCKET)
                    .with(
                            Cluster.TRANSPORT_SOCKET_MATCHES_FIELD_NUMBER,
                            Shape.of(Cluster.TransportSocketMatch::getDescriptor)
                                    .with(
                                            Cluster.TransportSocketMatch.NAME_FIELD_NUMBER,
                                            Cluster.TransportSocketMatch.MATCH_FIELD_NUMBER)
                                    .with(
                                            Cluster.TransportSocketMatch
                                                    .TRANSPORT_SOCKET_FIELD_NUMBER,
                                            KnownTlsFields.TRANSPORT_SOCKET))
                    .with(Cluster.OUTLIER_DETECTION_FIELD_NUMBER, OUTLIER)
                    .with(Cluster.HEALTH_CHECKS_FIELD_NUMBER, HEALTH_CHECK)
                    .with(
                            Cluster.CIRCUIT_BREAKERS_FIELD_NUMBER,
                            Shape.of(CircuitBreakers::getDescriptor)
                                    .with(
                                            CircuitBreakers.THRESHOLDS_FIELD_NUMBER,
                                            Shape.of(CircuitBreakers.Thresholds::getDescriptor)
                                                    // What remains is always known.
                                                    .with(
                                                            CircuitBreakers.Thresholds
                                                                    .TRACK_REMAINING_FIELD_NUMBER,
                                                            CircuitBreakers.Thresholds
                                                                    .PRIORITY_FIELD_NUMBER,
                                                            CircuitBreakers.Thresholds
                                                                    .MAX_CONNECTIONS_FIELD_NUMBER,
                                                            CircuitBreakers.Thresholds
                                                                    .MAX_PENDING_REQUESTS_FIELD_NUMBER,
                                                            CircuitBreakers.Thresholds
                                                                    .MAX_REQUESTS_FIELD_NUMBER,
                                                            CircuitBreakers.Thresholds
                                                                    .MAX_RETRIES_FIELD_NUMBER)
                                                    .with(
                                                            CircuitBreakers.Thresholds
                                                                    .RETRY_BUDGET_FIELD_NUMBER,
                                                            RETRY_BUDGET)))
                    .with(
                            Cluster.RING_HASH_LB_CONFIG_FIELD_NUMBER,
                            Shape.of(Cluster.RingHashLbConfig::getDescriptor)
                                    .with(
                                            Cluster.RingHashLbConfig.MINIMUM_RING_SIZE_FIELD_NUMBER,
                                            Cluster.RingHashLbConfig
                                                    .MAXIMUM_RING_SIZE_FIELD_NUMBER))
                    .with(
                            Cluster.MAGLEV_LB_CONFIG_FIELD_NUMBER,
                            Shape.of(Cluster.MaglevLbConfig::getDescriptor)
                                    .with(Cluster.MaglevLbConfig.TABLE_SIZE_FIELD_NUMBER))
                    .with(
                            Cluster.LEAST_REQUEST_LB_CONFIG_FIELD_NUMBER,
                            Shape.of(Cluster.LeastRequestLbConfig::getDescriptor)
                                    .with(Cluster.LeastRequestLbConfig.CHOICE_COUNT_FIELD_NUMBER)
                                    .with(
                                            Cluster.LeastRequestLbConfig
                                                    .SLOW_START_CONFIG_FIELD_NUMBER,
                                            SLOW_START))
                    .with(
                            Cluster.ROUND_ROBIN_LB_CONFIG_FIELD_NUMBER,
                            Shape.of(Cluster.RoundRobinLbConfig::getDescriptor)
                                    .with(
                                            Cluster.RoundRobinLbConfig
                                                    .SLOW_START_CONFIG_FIELD_NUMBER,
                                            SLOW_START))
                    .with(
                            Cluster.COMMON_LB_CONFIG_FIELD_NUMBER,
                            Shape.of(Cluster.CommonLbConfig::getDescriptor)
                                    .with(
                                            Cluster.CommonLbConfig
                                                    .HEALTHY_PANIC_THRESHOLD_FIELD_NUMBER,
                                            Cluster.CommonLbConfig
                                                    .LOCALITY_WEIGHTED_LB_CONFIG_FIELD_NUMBER))
                    .with(
                            Cluster.UPSTREAM_CONNECTION_OPTIONS_FIELD_NUMBER,
                            Shape.of(UpstreamConnectionOptions::getDescriptor)
                                    .with(UpstreamConnectionOptions.TCP_KEEPALIVE_FIELD_NUMBER));

    private static final Shape COMMON_HTTP_OPTIONS =
            Shape.of(HttpProtocolOptions::getDescriptor)
                    .with(
                            HttpProtocolOptions.IDLE_TIMEOUT_FIELD_NUMBER,
                            HttpProtocolOptions.MAX_CONNECTION_DURATION_FIELD_NUMBER,
                            HttpProtocolOptions.MAX_STREAM_DURATION_FIELD_NUMBER,
                            HttpProtocolOptions.MAX_REQUESTS_PER_CONNECTION_FIELD_NUMBER);

    static final Shape UPSTREAM_HTTP_OPTIONS =
            Shape.of(
                            io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                                    ::getDescriptor)
                    .with(
                            io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                                    .COMMON_HTTP_PROTOCOL_OPTIONS_FIELD_NUMBER,
                            COMMON_HTTP_OPTIONS)
                    .with(
                            io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                                    .USE_DOWNSTREAM_PROTOCOL_CONFIG_FIELD_NUMBER)
                    .with(
                            io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                                    .EXPLICIT_HTTP_CONFIG_FIELD_NUMBER,
                            // Of HTTP/2 the streams at a time and the pings are taken; all other
                            // options tune what our engine sets itself.
                            Shape.of(ExplicitHttpConfig::getDescriptor)
                                    .with(
                                            ExplicitHttpConfig.HTTP_PROTOCOL_OPTIONS_FIELD_NUMBER,
                                            ExplicitHttpConfig
                                                    .HTTP2_PROTOCOL_OPTIONS_FIELD_NUMBER));
}
