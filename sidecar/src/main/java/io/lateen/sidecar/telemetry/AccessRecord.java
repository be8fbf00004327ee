package io.lateen.sidecar.telemetry;

import io.lateen.sidecar.exchange.ClusterFacts;
import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.Explanation;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.ResponseFlag;
import io.lateen.sidecar.exchange.RouteIdentity;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * One access record as a line: Envoy's default text format, or an object of JSON with the names of
 * Istio's. Where the sidecar answered itself, both say why and by which rule.
 */
final class AccessRecord {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private AccessRecord() {}

    /** Envoy's {@code %START_TIME% "%REQ(:METHOD)% …" %RESPONSE_CODE% …} with its line end. */
    static void text(Exchange x, StringBuilder line) {
        line.append('[').append(TIME.format(Instant.ofEpochMilli(x.startMillis()))).append("] \"");
        quoted(x.request().method(), line);
        line.append(' ');
        quoted(x.request().originalTarget(), line);
        line.append(' ').append(x.protocol().text()).append("\" ");
        line.append(x.status()).append(' ').append(ResponseFlag.text(x.flags())).append(' ');
        line.append(x.bytesReceived()).append(' ').append(x.bytesSent()).append(' ');
        line.append(millis(x.endNanos() - x.startNanos())).append(' ');
        String upstream = upstreamMillis(x);
        line.append(upstream == null ? "-" : upstream);
        field(x.request().header(HeaderName.X_FORWARDED_FOR), line);
        field(x.request().header(HeaderName.USER_AGENT), line);
        field(x.requestId(), line);
        field(x.request().authority(), line);
        field(address(x.upstreamRemote()), line);
        Failure failure = x.failure();
        if (failure != null) {
            line.append(" reason=");
            field(Explanation.of(failure).sentence(), line);
            field(rule(x.route()), line.append(" rule="));
        }
        line.append('\n');
    }

    /** One object, with its line end. */
    static void json(Exchange x, StringBuilder line) {
        line.append("{\"start_time\":\"")
                .append(TIME.format(Instant.ofEpochMilli(x.startMillis())))
                .append('"');
        member("method", x.request().method(), line);
        member("path", x.request().originalTarget(), line);
        member("protocol", x.protocol().text(), line);
        number("response_code", x.status(), line);
        member("response_flags", ResponseFlag.text(x.flags()), line);
        member("response_code_details", details(x), line);
        number("bytes_received", x.bytesReceived(), line);
        number("bytes_sent", x.bytesSent(), line);
        number("duration", millis(x.endNanos() - x.startNanos()), line);
        member("upstream_service_time", upstreamMillis(x), line);
        member("x_forwarded_for", x.request().header(HeaderName.X_FORWARDED_FOR), line);
        member("user_agent", x.request().header(HeaderName.USER_AGENT), line);
        member("request_id", x.requestId(), line);
        member("authority", x.request().authority(), line);
        member("upstream_host", address(x.upstreamRemote()), line);
        ClusterFacts cluster = x.cluster();
        member("upstream_cluster", cluster == null ? null : cluster.cluster(), line);
        member("upstream_local_address", address(x.upstreamLocal()), line);
        member("downstream_local_address", address(x.downstreamLocal()), line);
        member("downstream_remote_address", address(x.downstreamRemote()), line);
        member("downstream_peer_uri_san", orNull(x.security().peerName()), line);
        member("upstream_peer_uri_san", orNull(x.upstreamSecurity().peerName()), line);
        member("requested_server_name", orNull(x.security().serverName()), line);
        RouteIdentity route = x.route();
        member("route_name", route == null ? null : route.routeName(), line);
        number("attempts", x.attempts(), line);
        Failure failure = x.failure();
        member("reason", failure == null ? null : Explanation.of(failure).sentence(), line);
        member("rule", rule(route), line);
        line.append("}\n");
    }

    private static @Nullable String details(Exchange x) {
        Failure failure = x.failure();
        if (failure == null) {
            return x.isLocal() ? null : "via_upstream";
        }
        return Explanation.details(failure);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String rule(@Nullable RouteIdentity route) {
        if (route == null || route.rule().isEmpty()) {
            return null;
        }
        return route.ruleRevision().isEmpty()
                ? route.rule()
                : route.rule() + "@" + route.ruleRevision();
    }

    private static @Nullable String upstreamMillis(Exchange x) {
        return x.firstByteNanos() == 0 || x.upstreamStartNanos() == 0
                ? null
                : Long.toString(millis(x.firstByteNanos() - x.upstreamStartNanos()));
    }

    private static long millis(long nanos) {
        return Math.max(0, nanos) / 1_000_000;
    }

    private static @Nullable String address(@Nullable SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet)) {
            return null;
        }
        return inet.getAddress() == null
                ? inet.getHostString() + ":" + inet.getPort()
                : inet.getAddress().getHostAddress() + ":" + inet.getPort();
    }

    private static void field(@Nullable String value, StringBuilder line) {
        line.append(line.charAt(line.length() - 1) == '=' ? "\"" : " \"");
        quoted(value == null ? "-" : value, line);
        line.append('"');
    }

    private static void number(String name, long value, StringBuilder line) {
        line.append(",\"").append(name).append("\":").append(value);
    }

    private static void member(String name, @Nullable String value, StringBuilder line) {
        line.append(",\"").append(name).append("\":");
        if (value == null) {
            line.append("null");
        } else {
            line.append('"');
            quoted(value, line);
            line.append('"');
        }
    }

    /** Escapes as JSON does, so that no value can end its field or its line. */
    private static void quoted(String value, StringBuilder line) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < ' ' || c == 127) {
                line.append("\\u00")
                        .append(Character.forDigit(c >> 4, 16))
                        .append(Character.forDigit(c & 15, 16));
            } else {
                line.append(c);
            }
        }
    }
}
