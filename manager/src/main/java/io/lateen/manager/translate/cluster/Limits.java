package io.lateen.manager.translate.cluster;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers.Thresholds.RetryBudget;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.UpstreamConnectionOptions;
import io.envoyproxy.envoy.config.core.v3.TcpKeepalive;
import io.envoyproxy.envoy.type.v3.Percent;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.model.resource.ConnectionPool;
import io.lateen.model.resource.TrafficPolicy;
import io.lateen.model.service.Protocol;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How many connections and requests a client may have at once, and how connections are opened. */
final class Limits {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private static final double DEFAULT_PERCENT = 20;

    /** Where no rule speaks of a budget. */
    private static final int DEFAULT_LEAST = 10;

    /** Where a rule has a budget that does not say (Istio's default). */
    private static final int RULES_LEAST = 3;

    private Limits() {}

    static void apply(
            Cluster.Builder cluster,
            PortTraffic traffic,
            Protocol protocol,
            OutboundCluster.Reader reader) {
        ConnectionPool pool = traffic.connectionPool();
        ConnectionPool.TcpSettings tcp = pool == null ? null : pool.tcp();
        ConnectionPool.HttpSettings http = pool == null ? null : pool.http();
        Duration connectTimeout = tcp == null ? null : tcp.connectTimeout();
        cluster.setConnectTimeout(
                        Words.duration(connectTimeout == null ? CONNECT_TIMEOUT : connectTimeout))
                .setCircuitBreakers(
                        CircuitBreakers.newBuilder()
                                .addThresholds(
                                        thresholds(tcp, http, budget(traffic, http, reader))));
        if (tcp != null && tcp.tcpKeepalive() != null) {
            cluster.setUpstreamConnectionOptions(
                    UpstreamConnectionOptions.newBuilder()
                            .setTcpKeepalive(keepalive(tcp.tcpKeepalive())));
        }
        if (reader == OutboundCluster.Reader.PROXY) {
            HttpOptions.apply(cluster, tcp, http, protocol);
        }
    }

    private static CircuitBreakers.Thresholds thresholds(
            ConnectionPool.@Nullable TcpSettings tcp,
            ConnectionPool.@Nullable HttpSettings http,
            Optional<RetryBudget> budget) {
        CircuitBreakers.Thresholds.Builder thresholds = CircuitBreakers.Thresholds.newBuilder();
        budget.ifPresent(thresholds::setRetryBudget);
        return thresholds
                .setMaxConnections(limit(tcp == null ? 0 : tcp.maxConnections()))
                .setMaxPendingRequests(limit(http == null ? 0 : http.http1MaxPendingRequests()))
                .setMaxRequests(limit(http == null ? 0 : http.http2MaxRequests()))
                .setMaxRetries(limit(http == null ? 0 : http.maxRetries()))
                .setTrackRemaining(true)
                .build();
    }

    /**
     * As the rule says; else, where it does not limit retries otherwise, a budget that no rule need
     * ask for (decision 0035). A gRPC client has none.
     */
    private static Optional<RetryBudget> budget(
            PortTraffic traffic,
            ConnectionPool.@Nullable HttpSettings http,
            OutboundCluster.Reader reader) {
        TrafficPolicy.RetryBudget written = traffic.retryBudget();
        if (reader == OutboundCluster.Reader.GRPC) {
            return Optional.empty();
        }
        if (written == null) {
            return http != null && http.maxRetries() > 0
                    ? Optional.empty()
                    : Optional.of(budget(DEFAULT_PERCENT, DEFAULT_LEAST));
        }
        Double percent = written.percent();
        Long least = written.minRetryConcurrency();
        return Optional.of(
                budget(
                        percent == null ? DEFAULT_PERCENT : percent,
                        least == null ? RULES_LEAST : least.intValue()));
    }

    private static RetryBudget budget(double percent, int least) {
        return RetryBudget.newBuilder()
                .setBudgetPercent(Percent.newBuilder().setValue(percent))
                .setMinRetryConcurrency(UInt32Value.of(least))
                .build();
    }

    /** Zero means no limit, where Envoy's default would be 1024. */
    private static UInt32Value limit(int value) {
        return value <= 0 ? Words.UNLIMITED : UInt32Value.of(value);
    }

    private static TcpKeepalive keepalive(ConnectionPool.TcpKeepalive written) {
        TcpKeepalive.Builder keepalive = TcpKeepalive.newBuilder();
        if (written.probes() > 0) {
            keepalive.setKeepaliveProbes(UInt32Value.of((int) written.probes()));
        }
        Duration time = written.time();
        if (time != null) {
            keepalive.setKeepaliveTime(UInt32Value.of((int) time.toSeconds()));
        }
        Duration interval = written.interval();
        if (interval != null) {
            keepalive.setKeepaliveInterval(UInt32Value.of((int) interval.toSeconds()));
        }
        return keepalive.build();
    }
}
