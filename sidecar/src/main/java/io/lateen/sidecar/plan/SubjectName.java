package io.lateen.sidecar.plan;

import io.lateen.sidecar.route.ValueMatch;
import java.util.Locale;

/**
 * A name that a certificate may carry among its subject's other names. Its common name is never
 * looked at (RFC 9525 §6.3).
 *
 * @param kind which names are looked at
 * @param match what is wanted of one
 */
public record SubjectName(Kind kind, ValueMatch match) {

    /** Kinds of names (RFC 5280 §4.2.1.6), with their numbers. */
    public enum Kind {
        EMAIL(1),
        DNS(2),
        URI(6),
        ADDRESS(7);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        /** The number by which a certificate tells the kind. */
        public int number() {
            return number;
        }
    }

    /** Whether a name of this kind, as a certificate carries it, is wanted. */
    public boolean matches(String carried) {
        if (kind == Kind.DNS && match instanceof ValueMatch.Exact(String wanted, _)) {
            return covers(carried.toLowerCase(Locale.ROOT), wanted.toLowerCase(Locale.ROOT));
        }
        return match.matches(carried);
    }

    /** {@code *.example.com} covers one label, and no host that has fewer than three. */
    private static boolean covers(String carried, String wanted) {
        if (carried.equals(wanted)) {
            return true;
        }
        if (!carried.startsWith("*.") || carried.indexOf('.', 2) < 0) {
            return false;
        }
        int dot = wanted.indexOf('.');
        return dot > 0 && wanted.substring(dot).equals(carried.substring(1));
    }
}
