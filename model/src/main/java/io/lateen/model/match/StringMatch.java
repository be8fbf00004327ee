package io.lateen.model.match;

import com.google.re2j.Pattern;
import java.util.Locale;

/**
 * Which values of a string a rule means. In a resource: {@code exact: v}, {@code prefix: v}, {@code
 * regex: v}; an empty object, or the regex {@code *}, means that the value only has to be there.
 */
public sealed interface StringMatch {

    /** Whether the value is meant, case and all. The value is there: absence is the caller's. */
    boolean matches(String value);

    /**
     * Whether the value is meant when the case of letters counts for nothing. A regular expression
     * says itself what case means to it, so this changes nothing for it.
     */
    boolean matchesIgnoringCase(String value);

    /** Exactly this value. */
    record Exact(String value) implements StringMatch {
        @Override
        public boolean matches(String candidate) {
            return candidate.equals(value);
        }

        @Override
        public boolean matchesIgnoringCase(String candidate) {
            return candidate.equalsIgnoreCase(value);
        }
    }

    /** Any value that begins so. */
    record Prefix(String value) implements StringMatch {
        @Override
        public boolean matches(String candidate) {
            return candidate.startsWith(value);
        }

        @Override
        public boolean matchesIgnoringCase(String candidate) {
            return candidate.toLowerCase(Locale.ROOT).startsWith(value.toLowerCase(Locale.ROOT));
        }
    }

    /** Any value that the whole of this RE2 expression describes. */
    record Regex(String value) implements StringMatch {
        @Override
        public boolean matches(String candidate) {
            return Pattern.matches(value, candidate);
        }

        @Override
        public boolean matchesIgnoringCase(String candidate) {
            return matches(candidate);
        }
    }

    /** Any value at all. */
    record Present() implements StringMatch {
        @Override
        public boolean matches(String candidate) {
            return true;
        }

        @Override
        public boolean matchesIgnoringCase(String candidate) {
            return true;
        }
    }
}
