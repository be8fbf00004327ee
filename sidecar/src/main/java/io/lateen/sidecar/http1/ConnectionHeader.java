package io.lateen.sidecar.http1;

import io.lateen.sidecar.exchange.Ascii;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.ResponseHead;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a message says about its own connection (RFC 9110 §7.6.1), and the removal of what is meant
 * for this hop alone.
 */
final class ConnectionHeader {
    private static final byte[] CLOSE = ResponseHead.bytes("close");
    private static final byte[] KEEP_ALIVE = ResponseHead.bytes("keep-alive");
    private static final byte[] UPGRADE = ResponseHead.bytes("upgrade");
    private static final byte[] TRAILERS = ResponseHead.bytes("trailers");
    private static final byte[] H2C = ResponseHead.bytes("h2c");

    // A sender that names one of these as hop-by-hop wants us to drop what the next hop relies on.
    private static final Set<String> PROTECTED =
            Set.of(
                    "host",
                    "content-length",
                    "transfer-encoding",
                    "authorization",
                    "cookie",
                    "set-cookie",
                    "content-type",
                    "x-request-id",
                    "x-forwarded-for",
                    "x-forwarded-proto",
                    "x-envoy-peer-metadata",
                    "x-envoy-peer-metadata-id");

    private boolean keepAlive;
    private boolean upgrade;
    private boolean toHttp2;
    private boolean nominates;

    /** Whether the sender will take another message on the connection. */
    boolean keepAlive() {
        return keepAlive;
    }

    /** Whether the sender asks for another protocol, other than HTTP/2. */
    boolean upgrade() {
        return upgrade;
    }

    /** Whether the sender asks for HTTP/2 in cleartext (RFC 7540 §3.2). */
    boolean toHttp2() {
        return toHttp2;
    }

    /** Reads the header; says what is wrong with it, if anything. */
    @Nullable String scan(Fields fields, boolean http10) {
        keepAlive = !http10;
        upgrade = false;
        toHttp2 = false;
        nominates = false;
        for (int i = fields.find(HeaderName.CONNECTION, 0);
                i >= 0;
                i = fields.find(HeaderName.CONNECTION, i + 1)) {
            String fault = tokens(fields, fields.valueStart(i), fields.valueEnd(i));
            if (fault != null) {
                return fault;
            }
        }
        if (upgrade) {
            int protocol = fields.find(HeaderName.UPGRADE, 0);
            toHttp2 =
                    protocol >= 0
                            && Ascii.equalsIgnoreCase(
                                    H2C,
                                    fields.bytes(),
                                    fields.valueStart(protocol),
                                    fields.valueEnd(protocol));
            upgrade = protocol >= 0 && !toHttp2;
        }
        return null;
    }

    /**
     * Removes what is meant for this hop: after {@link #scan} of the same fields. {@code Upgrade}
     * stays when the upgrade is passed on, {@code TE: trailers} always does.
     */
    void removeHopByHop(Fields fields, boolean keepUpgrade) {
        if (nominates) {
            removeNominated(fields);
        }
        fields.remove(HeaderName.CONNECTION);
        fields.remove(HeaderName.KEEP_ALIVE);
        fields.remove(HeaderName.PROXY_CONNECTION);
        fields.remove(HeaderName.HTTP2_SETTINGS);
        int te = fields.find(HeaderName.TE, 0);
        if (te >= 0) {
            boolean trailers = containsToken(fields, te, TRAILERS);
            fields.remove(HeaderName.TE);
            if (trailers) {
                fields.add(HeaderName.TE, TRAILERS);
            }
        }
        if (keepUpgrade) {
            fields.add(HeaderName.CONNECTION, UPGRADE);
        } else {
            fields.remove(HeaderName.UPGRADE);
        }
    }

    private @Nullable String tokens(Fields fields, int from, int to) {
        byte[] b = fields.bytes();
        int i = from;
        while (i < to) {
            int end = i;
            while (end < to && b[end] != ',') {
                end++;
            }
            int start = i;
            int stop = end;
            while (start < stop && (b[start] == ' ' || b[start] == '\t')) {
                start++;
            }
            while (stop > start && (b[stop - 1] == ' ' || b[stop - 1] == '\t')) {
                stop--;
            }
            if (start < stop) {
                if (Ascii.equalsIgnoreCase(CLOSE, b, start, stop)) {
                    keepAlive = false;
                } else if (Ascii.equalsIgnoreCase(KEEP_ALIVE, b, start, stop)) {
                    keepAlive = true;
                } else if (Ascii.equalsIgnoreCase(UPGRADE, b, start, stop)) {
                    upgrade = true;
                } else {
                    nominates = true;
                    String name = text(b, start, stop);
                    if (PROTECTED.contains(name)) {
                        return "a Connection header that names " + name;
                    }
                }
            }
            i = end + 1;
        }
        return null;
    }

    private static void removeNominated(Fields fields) {
        for (int i = fields.find(HeaderName.CONNECTION, 0);
                i >= 0;
                i = fields.find(HeaderName.CONNECTION, i + 1)) {
            for (String token : fields.value(i).split(",", -1)) {
                String name = token.strip().toLowerCase(Locale.ROOT);
                if (isNominated(name)) {
                    fields.remove(HeaderName.of(name));
                }
            }
        }
    }

    private static boolean isNominated(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(c -> c < 128 && Ascii.TOKEN_LOWER[c] != 0)
                && !Set.of("close", "keep-alive", "upgrade", "te", "connection").contains(name);
    }

    private static boolean containsToken(Fields fields, int index, byte[] lower) {
        byte[] b = fields.bytes();
        int last = fields.valueEnd(index) - lower.length;
        for (int i = fields.valueStart(index); i <= last; i++) {
            if (Ascii.startsWithIgnoreCase(lower, b, i, fields.valueEnd(index))) {
                return true;
            }
        }
        return false;
    }

    private static String text(byte[] b, int from, int to) {
        char[] lower = new char[to - from];
        for (int i = 0; i < lower.length; i++) {
            lower[i] = (char) (Ascii.lower(b[from + i]) & 0xff);
        }
        return new String(lower);
    }
}
