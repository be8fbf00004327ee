package io.lateen.sidecar.exchange;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name of a header, lower case, with what a lookup needs computed once.
 *
 * <p>Well-known names have a bit, so that "is it there" is one mask on a scanned head. Two names
 * with the same text are equal; for a well-known name {@link #of} returns the constant.
 */
public final class HeaderName {
    private static final List<HeaderName> CONSTANTS = new ArrayList<>();

    public static final HeaderName HOST = constant("host");
    public static final HeaderName CONNECTION = constant("connection");
    public static final HeaderName CONTENT_LENGTH = constant("content-length");
    public static final HeaderName TRANSFER_ENCODING = constant("transfer-encoding");
    public static final HeaderName EXPECT = constant("expect");
    public static final HeaderName UPGRADE = constant("upgrade");
    public static final HeaderName TE = constant("te");
    public static final HeaderName TRAILER = constant("trailer");
    public static final HeaderName KEEP_ALIVE = constant("keep-alive");
    public static final HeaderName PROXY_CONNECTION = constant("proxy-connection");
    public static final HeaderName PROXY_AUTHENTICATE = constant("proxy-authenticate");
    public static final HeaderName PROXY_AUTHORIZATION = constant("proxy-authorization");
    public static final HeaderName HTTP2_SETTINGS = constant("http2-settings");
    public static final HeaderName SERVER = constant("server");
    public static final HeaderName DATE = constant("date");
    public static final HeaderName LOCATION = constant("location");
    public static final HeaderName CONTENT_TYPE = constant("content-type");
    public static final HeaderName USER_AGENT = constant("user-agent");
    public static final HeaderName AUTHORIZATION = constant("authorization");
    public static final HeaderName COOKIE = constant("cookie");
    public static final HeaderName SET_COOKIE = constant("set-cookie");
    public static final HeaderName ORIGIN = constant("origin");
    public static final HeaderName ACCESS_CONTROL_REQUEST_METHOD =
            constant("access-control-request-method");
    public static final HeaderName X_REQUEST_ID = constant("x-request-id");
    public static final HeaderName X_FORWARDED_FOR = constant("x-forwarded-for");
    public static final HeaderName X_FORWARDED_PROTO = constant("x-forwarded-proto");
    public static final HeaderName X_FORWARDED_CLIENT_CERT = constant("x-forwarded-client-cert");
    public static final HeaderName X_ENVOY_ATTEMPT_COUNT = constant("x-envoy-attempt-count");
    public static final HeaderName X_ENVOY_PEER_METADATA = constant("x-envoy-peer-metadata");
    public static final HeaderName X_ENVOY_PEER_METADATA_ID = constant("x-envoy-peer-metadata-id");
    public static final HeaderName X_ENVOY_UPSTREAM_SERVICE_TIME =
            constant("x-envoy-upstream-service-time");
    public static final HeaderName X_ENVOY_ORIGINAL_PATH = constant("x-envoy-original-path");
    public static final HeaderName X_ENVOY_UPSTREAM_RQ_TIMEOUT_MS =
            constant("x-envoy-upstream-rq-timeout-ms");
    public static final HeaderName X_ENVOY_UPSTREAM_RQ_PER_TRY_TIMEOUT_MS =
            constant("x-envoy-upstream-rq-per-try-timeout-ms");
    public static final HeaderName X_ENVOY_MAX_RETRIES = constant("x-envoy-max-retries");
    public static final HeaderName X_ENVOY_RETRY_ON = constant("x-envoy-retry-on");
    public static final HeaderName X_ENVOY_RETRY_GRPC_ON = constant("x-envoy-retry-grpc-on");
    public static final HeaderName X_ENVOY_RETRIABLE_STATUS_CODES =
            constant("x-envoy-retriable-status-codes");
    public static final HeaderName X_ENVOY_RETRIABLE_HEADER_NAMES =
            constant("x-envoy-retriable-header-names");
    public static final HeaderName X_ENVOY_RATELIMITED = constant("x-envoy-ratelimited");
    public static final HeaderName X_LATEEN_REASON = constant("x-lateen-reason");
    public static final HeaderName GRPC_STATUS = constant("grpc-status");
    public static final HeaderName GRPC_MESSAGE = constant("grpc-message");
    public static final HeaderName GRPC_TIMEOUT = constant("grpc-timeout");
    public static final HeaderName TRACEPARENT = constant("traceparent");
    public static final HeaderName TRACESTATE = constant("tracestate");
    public static final HeaderName B3 = constant("b3");
    public static final HeaderName X_B3_TRACE_ID = constant("x-b3-traceid");

    private static final HeaderName[] TABLE = table();

    private final String text;
    private final byte[] bytes;
    private final int hash;
    private final int bit;

    private HeaderName(String text, int bit) {
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.US_ASCII);
        this.bit = bit;
        int h = 0;
        for (byte b : bytes) {
            h = 31 * h + b;
        }
        this.hash = h;
    }

    /**
     * The name for a text in any case.
     *
     * @throws IllegalArgumentException when it is not a token of RFC 9110 §5.6.2
     */
    public static HeaderName of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("header name: found nothing, expected a token");
        }
        char[] lower = new char[text.length()];
        int h = 0;
        for (int i = 0; i < lower.length; i++) {
            char c = text.charAt(i);
            byte mapped = c < 128 ? Ascii.TOKEN_LOWER[c] : 0;
            if (mapped == 0) {
                throw new IllegalArgumentException(
                        "header name: found '"
                                + text
                                + "', expected letters, digits or -_.!#$%&'*+^`|~");
            }
            lower[i] = (char) mapped;
            h = 31 * h + mapped;
        }
        String name = new String(lower);
        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        HeaderName known = known(ascii, 0, ascii.length, h);
        return known != null ? known : new HeaderName(name, -1);
    }

    /** All names that have a bit. */
    public static List<HeaderName> wellKnown() {
        return List.copyOf(CONSTANTS);
    }

    /** The well-known name that a scanned range stands for, or null. Allocates nothing. */
    public static @Nullable HeaderName known(byte[] buffer, int from, int to, int hash) {
        for (int slot = slot(hash); ; slot = (slot + 1) & (TABLE.length - 1)) {
            HeaderName candidate = TABLE[slot];
            if (candidate == null) {
                return null;
            }
            if (candidate.hash == hash && candidate.matches(buffer, from, to)) {
                return candidate;
            }
        }
    }

    /** Whether a range of bytes, in any case, is this name. */
    public boolean matches(byte[] buffer, int from, int to) {
        return Ascii.equalsIgnoreCase(bytes, buffer, from, to);
    }

    /** Lower case. */
    public String text() {
        return text;
    }

    /** Lower-case ASCII; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** {@code h = 31 * h + lower(b)} over the name. */
    public int hash() {
        return hash;
    }

    /** 0 to 63 for a well-known name, else -1. */
    public int bit() {
        return bit;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HeaderName name && name.text.equals(text);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return text;
    }

    private static HeaderName constant(String text) {
        HeaderName name = new HeaderName(text, CONSTANTS.size());
        CONSTANTS.add(name);
        return name;
    }

    private static int slot(int hash) {
        return (hash ^ (hash >>> 9)) & 255;
    }

    // Null marks a free slot: a probe ends there.
    @SuppressWarnings("NullAway")
    private static HeaderName[] table() {
        HeaderName[] table = new HeaderName[256];
        for (HeaderName name : CONSTANTS) {
            int slot = slot(name.hash);
            while (table[slot] != null) {
                slot = (slot + 1) & 255;
            }
            table[slot] = name;
        }
        return table;
    }
}
