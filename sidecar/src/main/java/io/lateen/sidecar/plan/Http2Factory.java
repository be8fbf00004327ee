package io.lateen.sidecar.plan;

import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.KeepaliveSettings;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;

/** Reads what of {@code envoy.config.core.v3.Http2ProtocolOptions} a cluster may choose. */
final class Http2Factory {

    /** Envoy's. */
    private static final int JITTER_PERCENT = 15;

    private Http2Factory() {}

    static ConnectionPolicy.Http2 http2(HttpProtocolOptions http, String at) throws Refusal {
        return switch (http.getUpstreamProtocolOptionsCase()) {
            case EXPLICIT_HTTP_CONFIG ->
                    options(
                            http.getExplicitHttpConfig().getHttp2ProtocolOptions(),
                            at + ".explicit_http_config.http2_protocol_options");
            case USE_DOWNSTREAM_PROTOCOL_CONFIG ->
                    options(
                            http.getUseDownstreamProtocolConfig().getHttp2ProtocolOptions(),
                            at + ".use_downstream_protocol_config.http2_protocol_options");
            case AUTO_CONFIG, UPSTREAMPROTOCOLOPTIONS_NOT_SET -> ConnectionPolicy.Http2.DEFAULT;
        };
    }

    private static ConnectionPolicy.Http2 options(Http2ProtocolOptions from, String at)
            throws Refusal {
        int streams = from.getMaxConcurrentStreams().getValue();
        return new ConnectionPolicy.Http2(
                streams < 0 ? 0 : streams,
                from.hasConnectionKeepalive()
                        ? keepAlive(from.getConnectionKeepalive(), at + ".connection_keepalive")
                        : ConnectionPolicy.KeepAlive.OFF);
    }

    private static ConnectionPolicy.KeepAlive keepAlive(KeepaliveSettings from, String at)
            throws Refusal {
        if (from.hasConnectionIdleInterval()) {
            throw new Refusal(
                    at + ".connection_idle_interval",
                    "is not supported by this sidecar; leave it out, and set interval");
        }
        long interval = Reading.nanos(from.getInterval(), at + ".interval");
        long timeout = Reading.nanos(from.getTimeout(), at + ".timeout");
        if (timeout == 0) {
            throw new Refusal(at + ".timeout", "is 0; expected how long an answer may take");
        }
        double jitter =
                from.hasIntervalJitter() ? from.getIntervalJitter().getValue() : JITTER_PERCENT;
        return new ConnectionPolicy.KeepAlive(
                interval, timeout, (int) Math.clamp(jitter, 0.0, 100.0));
    }
}
