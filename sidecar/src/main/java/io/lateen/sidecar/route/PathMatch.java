package io.lateen.sidecar.route;

import com.google.re2j.Pattern;
import io.lateen.sidecar.exchange.RequestHead;

/** Which paths, without their query, a route wants. */
public sealed interface PathMatch {

    /** Whether the path of {@code head} is wanted. */
    boolean matches(RequestHead head);

    /** How many characters of the path a prefix rewrite replaces; -1 for all of them. */
    int rewrittenLength();

    /** Every path. */
    static PathMatch any() {
        return Any.INSTANCE;
    }

    /** The beginning of the path, as characters: {@code /rev} wants {@code /reviews}. */
    static PathMatch prefix(String prefix, boolean ignoreCase) {
        // Every path begins with "/": asking is not needed.
        return prefix.equals("/") ? any() : new Prefix(prefix, ignoreCase);
    }

    /** The whole path. */
    static PathMatch exact(String path, boolean ignoreCase) {
        return new Exact(path, ignoreCase);
    }

    /** The beginning of the path, ending where a segment ends. */
    static PathMatch segmentPrefix(String prefix, boolean ignoreCase) {
        return new SegmentPrefix(prefix, ignoreCase);
    }

    /** An expression that the whole path fulfils. */
    static PathMatch regex(Pattern pattern) {
        return new Regex(pattern);
    }

    /** Every path; also of a request for {@code *} or a bare authority. */
    enum Any implements PathMatch {
        INSTANCE;

        @Override
        public boolean matches(RequestHead head) {
            return true;
        }

        @Override
        public int rewrittenLength() {
            // The slash that it stands for.
            return 1;
        }
    }

    /** See {@link #prefix}. */
    final class Prefix implements PathMatch {

        private final byte[] prefix;
        private final boolean ignoreCase;

        private Prefix(String prefix, boolean ignoreCase) {
            this.prefix = ignoreCase ? Octets.lowerBytes(prefix) : Octets.bytes(prefix);
            this.ignoreCase = ignoreCase;
        }

        @Override
        public boolean matches(RequestHead head) {
            return ignoreCase ? head.pathStartsWithIgnoreCase(prefix) : head.pathStartsWith(prefix);
        }

        @Override
        public int rewrittenLength() {
            return prefix.length;
        }
    }

    /** See {@link #exact}. */
    final class Exact implements PathMatch {

        private final byte[] path;
        private final boolean ignoreCase;

        private Exact(String path, boolean ignoreCase) {
            this.path = ignoreCase ? Octets.lowerBytes(path) : Octets.bytes(path);
            this.ignoreCase = ignoreCase;
        }

        @Override
        public boolean matches(RequestHead head) {
            return ignoreCase ? head.pathEqualsIgnoreCase(path) : head.pathEquals(path);
        }

        @Override
        public int rewrittenLength() {
            return -1;
        }
    }

    /** See {@link #segmentPrefix}. */
    final class SegmentPrefix implements PathMatch {

        private final Exact whole;
        private final Prefix below;
        private final int length;

        private SegmentPrefix(String prefix, boolean ignoreCase) {
            this.whole = new Exact(prefix, ignoreCase);
            this.below = new Prefix(prefix + "/", ignoreCase);
            this.length = Octets.bytes(prefix).length;
        }

        @Override
        public boolean matches(RequestHead head) {
            return whole.matches(head) || below.matches(head);
        }

        @Override
        public int rewrittenLength() {
            return length;
        }
    }

    /** See {@link #regex}. */
    record Regex(Pattern pattern) implements PathMatch {

        @Override
        public boolean matches(RequestHead head) {
            return pattern.matches(head.path());
        }

        @Override
        public int rewrittenLength() {
            return -1;
        }
    }
}
