package io.lateen.sidecar.route;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a route asks of a query parameter; the first of several of one name counts.
 *
 * @param name the parameter's name, decoded
 * @param value what its decoded value must be; null when it need only be there
 * @param present whether it must be there; false with a null {@code value}: it must not be there
 */
public record QueryMatch(String name, @Nullable ValueMatch value, boolean present) {

    /** Whether {@code query}, null for none, fulfils it. */
    public boolean matches(@Nullable String query) {
        String found = query == null ? null : first(query, name);
        if (value == null) {
            return (found != null) == present;
        }
        return found != null && value.matches(found);
    }

    /** The decoded value of the first parameter of that name; null when there is none. */
    public static @Nullable String first(String query, String name) {
        int from = 0;
        while (from <= query.length()) {
            int end = query.indexOf('&', from);
            end = end < 0 ? query.length() : end;
            int equals = query.indexOf('=', from);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (decode(query.substring(from, nameEnd)).equals(name)) {
                return nameEnd == end ? "" : decode(query.substring(nameEnd + 1, end));
            }
            from = end + 1;
        }
        return null;
    }

    /** A broken escape is left as it is: it matches what was written. */
    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException brokenEscape) {
            return text;
        }
    }
}
