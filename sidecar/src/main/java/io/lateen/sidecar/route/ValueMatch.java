package io.lateen.sidecar.route;

import com.google.re2j.Pattern;
import java.util.Locale;

/** Whether a text is what a rule asks for. Envoy's {@code StringMatcher}. */
public sealed interface ValueMatch {

    /** Whether {@code value} is wanted. */
    boolean matches(String value);

    /** The whole text. */
    record Exact(String wanted, boolean ignoreCase) implements ValueMatch {

        @Override
        public boolean matches(String value) {
            return ignoreCase ? wanted.equalsIgnoreCase(value) : wanted.equals(value);
        }
    }

    /** The beginning of the text. */
    record Prefix(String wanted, boolean ignoreCase) implements ValueMatch {

        @Override
        public boolean matches(String value) {
            return value.regionMatches(ignoreCase, 0, wanted, 0, wanted.length());
        }
    }

    /** The end of the text. */
    record Suffix(String wanted, boolean ignoreCase) implements ValueMatch {

        @Override
        public boolean matches(String value) {
            int from = value.length() - wanted.length();
            return from >= 0 && value.regionMatches(ignoreCase, from, wanted, 0, wanted.length());
        }
    }

    /** Any part of the text. */
    record Contains(String wanted, boolean ignoreCase) implements ValueMatch {

        @Override
        public boolean matches(String value) {
            return ignoreCase
                    ? value.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT))
                    : value.contains(wanted);
        }
    }

    /** An RE2 expression that the whole text fulfils: linear in time, whoever wrote it. */
    record Regex(Pattern pattern) implements ValueMatch {

        @Override
        public boolean matches(String value) {
            return pattern.matches(value);
        }
    }
}
