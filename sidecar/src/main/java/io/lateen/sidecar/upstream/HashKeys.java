package io.lateen.sidecar.upstream;

import io.lateen.sidecar.balance.Choice;
import io.lateen.sidecar.balance.Hash;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.plan.HashPolicy;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Makes the hash that keeps requests of one user with one endpoint, on the bytes as they came. A
 * value of no octets is a value too; 0 stands for none.
 */
final class HashKeys {
    private static final long NONE = 0;

    private HashKeys() {}

    static Choice choice(List<HashPolicy> policies, Forwarding forwarding) {
        long hash = NONE;
        for (int i = 0; i < policies.size(); i++) {
            HashPolicy policy = policies.get(i);
            long key = key(policy, forwarding);
            if (key != NONE) {
                hash = hash == NONE ? key : Hash.combine(hash, key);
                if (policy.terminal()) {
                    break;
                }
            }
        }
        return hash == NONE
                ? forwarding.worker().anyChoice()
                : Choice.hashed(forwarding.worker().random(), hash);
    }

    private static long key(HashPolicy policy, Forwarding forwarding) {
        RequestHead head = forwarding.request();
        return switch (policy) {
            case HashPolicy.Header(HeaderName name, _) -> header(head.fields(), name);
            case HashPolicy.Cookie cookie -> cookie(cookie, forwarding);
            case HashPolicy.SourceIp _ ->
                    forwarding.exchange().downstreamRemote() instanceof InetSocketAddress source
                            ? Hash.of(source.getAddress().getHostAddress())
                            : NONE;
            case HashPolicy.QueryParameter(String name, _) ->
                    head.pathEnd() == head.targetEnd()
                            ? NONE
                            : parameter(head.bytes(), head.pathEnd() + 1, head.targetEnd(), name);
        };
    }

    private static long header(Fields fields, HeaderName name) {
        long hash = NONE;
        for (int i = fields.find(name, 0); i >= 0; i = fields.find(name, i + 1)) {
            long each = Hash.of(fields.bytes(), fields.valueStart(i), fields.valueEnd(i));
            hash = hash == NONE ? each : Hash.combine(hash, each);
        }
        return hash;
    }

    private static long cookie(HashPolicy.Cookie wanted, Forwarding forwarding) {
        Fields fields = forwarding.request().fields();
        for (int i = fields.find(HeaderName.COOKIE, 0);
                i >= 0;
                i = fields.find(HeaderName.COOKIE, i + 1)) {
            long found =
                    cookie(fields.bytes(), fields.valueStart(i), fields.valueEnd(i), wanted.name());
            if (found != NONE) {
                return found;
            }
        }
        return wanted.ttlSeconds() < 0 ? NONE : Hash.of(forwarding.makeCookie(wanted));
    }

    // RFC 6265 §4.2.1: pairs with a semicolon and white space between them; quotes are part of the
    // value. A comma is what joined header lines leave.
    private static long cookie(byte[] bytes, int from, int to, String name) {
        for (int at = from; at < to; ) {
            int end = at;
            while (end < to && bytes[end] != ';' && bytes[end] != ',') {
                end++;
            }
            int begin = at;
            while (begin < end && isSpace(bytes[begin])) {
                begin++;
            }
            int value = valueOf(bytes, begin, end, name);
            if (value >= 0) {
                int last = end;
                while (last > value && isSpace(bytes[last - 1])) {
                    last--;
                }
                return Hash.of(bytes, value, last);
            }
            at = end + 1;
        }
        return NONE;
    }

    private static long parameter(byte[] bytes, int from, int to, String name) {
        for (int at = from; at < to; ) {
            int end = at;
            while (end < to && bytes[end] != '&') {
                end++;
            }
            int value = valueOf(bytes, at, end, name);
            if (value >= 0) {
                return Hash.of(bytes, value, end);
            }
            at = end + 1;
        }
        return NONE;
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    // Where the value of name=value begins; -1 when it is another pair.
    private static int valueOf(byte[] bytes, int from, int to, String name) {
        int after = from + name.length();
        if (after >= to || bytes[after] != '=') {
            return -1;
        }
        for (int i = 0; i < name.length(); i++) {
            if ((bytes[from + i] & 0xff) != name.charAt(i)) {
                return -1;
            }
        }
        return after + 1;
    }

    /** What {@code Set-Cookie} says to a client that is to be known again. */
    static String cookie(HashPolicy.Cookie wanted, String value) {
        StringBuilder text = new StringBuilder(wanted.name()).append('=').append(value);
        if (wanted.ttlSeconds() > 0) {
            text.append("; Max-Age=").append(wanted.ttlSeconds());
        }
        if (!wanted.path().isEmpty()) {
            text.append("; Path=").append(wanted.path());
        }
        if (!wanted.attributes().isEmpty()) {
            text.append("; ").append(wanted.attributes());
        }
        return text.append("; HttpOnly").toString();
    }
}
