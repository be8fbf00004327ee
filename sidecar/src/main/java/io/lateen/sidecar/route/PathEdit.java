package io.lateen.sidecar.route;

import com.google.re2j.Pattern;

/** How a path changes; the query stays. */
public sealed interface PathEdit {

    /** The new path. */
    String apply(String path);

    /** It stays. */
    enum Unchanged implements PathEdit {
        INSTANCE;

        @Override
        public String apply(String path) {
            return path;
        }
    }

    /** All of it is replaced. */
    record Whole(String replacement) implements PathEdit {

        @Override
        public String apply(String path) {
            return replacement;
        }
    }

    /**
     * What the route matched is replaced.
     *
     * @param matched how many characters that are
     */
    record MatchedPrefix(int matched, String replacement) implements PathEdit {

        @Override
        public String apply(String path) {
            return replacement + path.substring(Math.min(matched, path.length()));
        }
    }

    /**
     * Everything that an expression finds is replaced.
     *
     * @param replacement in RE2/J's form, {@code $1} for the first group
     */
    record Found(Pattern pattern, String replacement) implements PathEdit {

        @Override
        public String apply(String path) {
            return pattern.matcher(path).replaceAll(replacement);
        }

        /**
         * Reads an RE2 substitution, {@code \1} for the first group and {@code \\} for a backslash.
         *
         * @throws IllegalArgumentException when it names a group that {@code pattern} does not have
         */
        public static Found of(Pattern pattern, String substitution) {
            StringBuilder replacement = new StringBuilder();
            for (int i = 0; i < substitution.length(); i++) {
                char c = substitution.charAt(i);
                if (c == '$') {
                    replacement.append("\\$");
                } else if (c != '\\') {
                    replacement.append(c);
                } else if (++i < substitution.length() && substitution.charAt(i) == '\\') {
                    replacement.append("\\\\");
                } else {
                    replacement.append('$').append(group(pattern, substitution, i));
                }
            }
            return new Found(pattern, replacement.toString());
        }

        private static int group(Pattern pattern, String substitution, int at) {
            int group =
                    at < substitution.length() ? Character.digit(substitution.charAt(at), 10) : -1;
            if (group < 0 || group > pattern.groupCount()) {
                throw new IllegalArgumentException(
                        "found '%s', expected after a backslash a group from 0 to %d or a backslash"
                                .formatted(substitution, pattern.groupCount()));
            }
            return group;
        }
    }
}
