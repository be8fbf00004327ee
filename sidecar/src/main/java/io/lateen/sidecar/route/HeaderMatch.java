package io.lateen.sidecar.route;

import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import org.jspecify.annotations.Nullable;

/** What a route asks of a header, or of the method, the scheme or the authority. */
public sealed interface HeaderMatch {

    /** Whether {@code head} fulfils it. */
    boolean matches(RequestHead head);

    /** Whether the header is there at all. */
    record Present(HeaderName name, boolean wanted) implements HeaderMatch {

        @Override
        public boolean matches(RequestHead head) {
            return head.has(name) == wanted;
        }
    }

    /**
     * The most frequent question, answered on the bytes as they came: exactly this value.
     *
     * <p>A missing header never equals, so that this is no help where a missing one counts as
     * empty.
     */
    final class Equal implements HeaderMatch {

        private final HeaderName name;
        private final byte[] value;

        /**
         * @param value {@link Octets#asRead}
         */
        public Equal(HeaderName name, String value) {
            this.name = name;
            this.value = Octets.written(value);
        }

        @Override
        public boolean matches(RequestHead head) {
            return head.headerEquals(name, value);
        }
    }

    /**
     * A header's value; several headers of one name are one value, joined by commas.
     *
     * @param invert whether a value that does not match is wanted instead; a missing header matches
     *     neither way, unless it counts as empty
     * @param missingIsEmpty whether a missing header counts as an empty value
     */
    record Value(HeaderName name, ValueMatch match, boolean invert, boolean missingIsEmpty)
            implements HeaderMatch {

        @Override
        public boolean matches(RequestHead head) {
            @Nullable String value = head.header(name);
            if (value == null) {
                return missingIsEmpty && match.matches("") != invert;
            }
            return match.matches(value) != invert;
        }
    }

    /** What is no header in HTTP/1.1 but is matched like one. */
    enum Pseudo {
        METHOD,
        SCHEME,
        AUTHORITY,
        PATH
    }

    /** The value of a pseudo header; it is never missing. */
    record PseudoValue(Pseudo pseudo, ValueMatch match, boolean invert) implements HeaderMatch {

        @Override
        public boolean matches(RequestHead head) {
            String value =
                    switch (pseudo) {
                        case METHOD -> head.method();
                        case SCHEME -> head.scheme();
                        case AUTHORITY -> head.authority();
                        case PATH -> head.target();
                    };
            return match.matches(value) != invert;
        }
    }

    /** Fulfilled by all or by none. */
    record Always(boolean fulfilled) implements HeaderMatch {

        @Override
        public boolean matches(RequestHead head) {
            return fulfilled;
        }
    }
}
