package io.lateen.manager.translate.cluster;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.KeepaliveSettings;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.lateen.manager.translate.envoy.Deterministic;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.model.resource.ConnectionPool;
import io.lateen.model.service.Protocol;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Which HTTP is spoken to the endpoints, and how long their connections live. */
final class HttpOptions {

    /** Where Envoy looks for them among a cluster's extensions. */
    static final String NAME = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

    /** Envoy wants one; Istio names none. */
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(20);

    private HttpOptions() {}

    static void apply(
            Cluster.Builder cluster,
            ConnectionPool.@Nullable TcpSettings tcp,
            ConnectionPool.@Nullable HttpSettings http,
            Protocol protocol) {
        if (!protocol.isHttp() && protocol != Protocol.UNDECLARED) {
            return;
        }
        HttpProtocolOptions.Builder options = HttpProtocolOptions.newBuilder();
        version(options, http, protocol);
        io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions.Builder common =
                io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions.newBuilder();
        lives(common, tcp, http);
        if (!common.build().equals(common.getDefaultInstanceForType())) {
            options.setCommonHttpProtocolOptions(common);
        }
        cluster.putTypedExtensionProtocolOptions(NAME, Deterministic.any(options.build()));
    }

    private static void version(
            HttpProtocolOptions.Builder options,
            ConnectionPool.@Nullable HttpSettings http,
            Protocol protocol) {
        Http2ProtocolOptions http2 = http2(http);
        boolean upgrade =
                http != null && http.h2UpgradePolicy() == ConnectionPool.H2UpgradePolicy.UPGRADE;
        boolean asTheClient =
                protocol == Protocol.UNDECLARED || (http != null && http.useClientProtocol());
        if (asTheClient) {
            options.setUseDownstreamProtocolConfig(
                    HttpProtocolOptions.UseDownstreamHttpConfig.newBuilder()
                            .setHttpProtocolOptions(Http1ProtocolOptions.getDefaultInstance())
                            .setHttp2ProtocolOptions(http2));
        } else if (protocol.isHttp2() || upgrade) {
            options.setExplicitHttpConfig(
                    HttpProtocolOptions.ExplicitHttpConfig.newBuilder()
                            .setHttp2ProtocolOptions(http2));
        } else {
            options.setExplicitHttpConfig(
                    HttpProtocolOptions.ExplicitHttpConfig.newBuilder()
                            .setHttpProtocolOptions(Http1ProtocolOptions.getDefaultInstance()));
        }
    }

    private static Http2ProtocolOptions http2(ConnectionPool.@Nullable HttpSettings http) {
        Http2ProtocolOptions.Builder options = Http2ProtocolOptions.newBuilder();
        if (http == null) {
            return options.build();
        }
        if (http.maxConcurrentStreams() > 0) {
            options.setMaxConcurrentStreams(UInt32Value.of(http.maxConcurrentStreams()));
        }
        ConnectionPool.Http2KeepAlive keepAlive = http.http2KeepAlive();
        if (keepAlive != null) {
            KeepaliveSettings.Builder settings = KeepaliveSettings.newBuilder();
            Duration interval = keepAlive.interval();
            if (interval != null) {
                settings.setInterval(Words.duration(interval));
            }
            Duration timeout = keepAlive.timeout();
            settings.setTimeout(Words.duration(timeout == null ? PING_TIMEOUT : timeout));
            options.setConnectionKeepalive(settings);
        }
        return options.build();
    }

    private static void lives(
            io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions.Builder common,
            ConnectionPool.@Nullable TcpSettings tcp,
            ConnectionPool.@Nullable HttpSettings http) {
        Duration whole = tcp == null ? null : tcp.maxConnectionDuration();
        if (whole != null) {
            common.setMaxConnectionDuration(Words.duration(whole));
        }
        if (http == null) {
            return;
        }
        Duration idle = http.idleTimeout();
        if (idle != null) {
            common.setIdleTimeout(Words.duration(idle));
        }
        if (http.maxRequestsPerConnection() > 0) {
            common.setMaxRequestsPerConnection(UInt32Value.of(http.maxRequestsPerConnection()));
        }
    }
}
