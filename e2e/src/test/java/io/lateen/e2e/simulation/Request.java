package io.lateen.e2e.simulation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as an application or an outside client sends it.
 *
 * @param port of the listener that it meets: the one asked for, or the gateway's
 * @param headers by lower-case name
 */
record Request(
        int port,
        String method,
        String authority,
        String path,
        @Nullable String query,
        Map<String, String> headers) {

    String target() {
        return query == null ? path : path + "?" + query;
    }

    /** The host that is asked for, without its port, in lower case. */
    String host() {
        int colon = authority.lastIndexOf(':');
        return (colon < 0 ? authority : authority.substring(0, colon))
                .toLowerCase(java.util.Locale.ROOT);
    }

    /** What the query says of {@code name}: its first value, or null when it is not there. */
    @Nullable String parameter(String name) {
        if (query == null) {
            return null;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (key.equals(name)) {
                return equals < 0 ? "" : pair.substring(equals + 1);
            }
        }
        return null;
    }
}
