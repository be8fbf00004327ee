package io.lateen.manager.translate.cluster;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.UpstreamConnectionOptions;
import io.envoyproxy.envoy.config.core.v3.TcpKeepalive;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.model.resource.ConnectionPool;
import io.lateen.model.service.Protocol;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How many connections and requests a client may have at once, and how connections are opened. */
final class Limits {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private Limits() {}

    static void apply(
            Cluster.Builder cluster,
            @Nullable ConnectionPool pool,
            Protocol protocol,
            OutboundCluster.Reader reader) {
        ConnectionPool.TcpSettings tcp = pool == null ? null : pool.tcp();
        ConnectionPool.HttpSettings http = pool == null ? null : pool.http();
        Duration connectTimeout = tcp == null ? null : tcp.connectTimeout();
        cluster.setConnectTimeout(
                        Words.duration(connectTimeout == null ? CONNECT_TIMEOUT : connectTimeout))
                .setCircuitBreakers(
                        CircuitBreakers.newBuilder().addThresholds(thresholds(tcp, http)));
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
            ConnectionPool.@Nullable TcpSettings tcp, ConnectionPool.@Nullable HttpSettings http) {
        return CircuitBreakers.Thresholds.newBuilder()
                .setMaxConnections(limit(tcp == null ? 0 : tcp.maxConnections()))
                .setMaxPendingRequests(limit(http == null ? 0 : http.http1MaxPendingRequests()))
                .setMaxRequests(limit(http == null ? 0 : http.http2MaxRequests()))
                .setMaxRetries(limit(http == null ? 0 : http.maxRetries()))
                .setTrackRemaining(true)
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
