package io.lateen.sidecar.filter.headers;

import io.lateen.sidecar.exchange.ClusterFacts;
import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.HttpProtocol;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseFlag;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.exchange.RouteIdentity;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is known of a request, by the names of Envoy's command operators. */
final class Variables {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** Those without an argument. What is not known yet is empty. */
    private static final Map<String, Function<Exchange, String>> PLAIN =
            Map.ofEntries(
                    Map.entry("DOWNSTREAM_REMOTE_ADDRESS", x -> whole(x.downstreamRemote())),
                    Map.entry(
                            "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT",
                            x -> host(x.downstreamRemote())),
                    Map.entry("DOWNSTREAM_REMOTE_PORT", x -> port(x.downstreamRemote())),
                    Map.entry("DOWNSTREAM_DIRECT_REMOTE_ADDRESS", x -> whole(x.downstreamRemote())),
                    Map.entry(
                            "DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT",
                            x -> host(x.downstreamRemote())),
                    Map.entry("DOWNSTREAM_LOCAL_ADDRESS", x -> whole(x.downstreamLocal())),
                    Map.entry(
                            "DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT",
                            x -> host(x.downstreamLocal())),
                    Map.entry("DOWNSTREAM_LOCAL_PORT", x -> port(x.downstreamLocal())),
                    Map.entry("DOWNSTREAM_PEER_URI_SAN", x -> x.security().peerName()),
                    Map.entry("REQUESTED_SERVER_NAME", x -> x.security().serverName()),
                    Map.entry("UPSTREAM_REMOTE_ADDRESS", x -> whole(x.upstreamRemote())),
                    Map.entry(
                            "UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT", x -> host(x.upstreamRemote())),
                    Map.entry("UPSTREAM_REMOTE_PORT", x -> port(x.upstreamRemote())),
                    Map.entry("UPSTREAM_HOST", x -> whole(x.upstreamRemote())),
                    Map.entry("UPSTREAM_LOCAL_ADDRESS", x -> whole(x.upstreamLocal())),
                    Map.entry("UPSTREAM_CLUSTER", Variables::cluster),
                    Map.entry("ROUTE_NAME", Variables::route),
                    Map.entry("PROTOCOL", x -> protocol(x.protocol())),
                    Map.entry("START_TIME", Variables::time),
                    Map.entry("BYTES_RECEIVED", x -> Long.toString(x.bytesReceived())),
                    Map.entry("RESPONSE_CODE", x -> Integer.toString(x.status())),
                    Map.entry("RESPONSE_FLAGS", x -> ResponseFlag.text(x.flags())));

    private Variables() {}

    /** One without an argument; empty where there is none of that name. */
    static Optional<Function<Exchange, String>> plain(String name) {
        return Optional.ofNullable(PLAIN.get(name));
    }

    /**
     * A header of the request, or a pseudo header; the other one where it is missing.
     *
     * @throws IllegalArgumentException when a name is none
     */
    static Function<Exchange, String> ofRequest(String first, @Nullable String other) {
        Lookup one = requestHeader(first);
        Lookup two = other == null ? one : requestHeader(other);
        return exchange -> {
            String found = one.in(exchange.request());
            found = found == null ? two.in(exchange.request()) : found;
            return found == null ? "" : found;
        };
    }

    /**
     * A header of the response; the other one where it is missing.
     *
     * @throws IllegalArgumentException when a name is none
     */
    static Function<Exchange, String> ofResponse(String first, @Nullable String other) {
        HeaderName one = HeaderName.of(first);
        HeaderName two = other == null ? one : HeaderName.of(other);
        return exchange -> {
            ResponseHead head = exchange.response();
            String found = head == null ? null : head.fields().value(one);
            found = found == null && head != null ? head.fields().value(two) : found;
            return found == null ? "" : found;
        };
    }

    /** Finds something in a request's head. */
    private interface Lookup {
        @Nullable String in(RequestHead head);
    }

    private static Lookup requestHeader(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case ":method" -> RequestHead::method;
            case ":path" -> RequestHead::target;
            case ":authority", "host" -> RequestHead::authority;
            case ":scheme" -> RequestHead::scheme;
            default -> {
                HeaderName header = HeaderName.of(name);
                yield head -> head.header(header);
            }
        };
    }

    private static String cluster(Exchange exchange) {
        ClusterFacts cluster = exchange.cluster();
        return cluster == null ? "" : cluster.cluster();
    }

    private static String route(Exchange exchange) {
        RouteIdentity route = exchange.route();
        return route == null ? "" : route.routeName();
    }

    private static String protocol(HttpProtocol protocol) {
        return switch (protocol) {
            case HTTP_1_0 -> "HTTP/1.0";
            case HTTP_1_1 -> "HTTP/1.1";
            case HTTP_2 -> "HTTP/2";
        };
    }

    private static String time(Exchange exchange) {
        return TIME.format(Instant.ofEpochMilli(exchange.startMillis()));
    }

    private static String whole(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress() + ':' + inet.getPort()
                : "";
    }

    private static String host(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : "";
    }

    private static String port(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet ? Integer.toString(inet.getPort()) : "";
    }
}
