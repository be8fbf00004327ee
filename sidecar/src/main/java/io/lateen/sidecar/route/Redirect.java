package io.lateen.sidecar.route;

import io.lateen.sidecar.exchange.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * Where a client is sent instead.
 *
 * @param status 301, 302, 303, 307 or 308
 * @param scheme null when it stays
 * @param host null when it stays
 * @param port -1 when it follows from the rest: none with another host or scheme, else as it was
 * @param path how the path changes
 * @param stripQuery whether the query is left out
 */
public record Redirect(
        int status,
        @Nullable String scheme,
        @Nullable String host,
        int port,
        PathEdit path,
        boolean stripQuery) {

    /** The value of the Location header. A scheme's default port is never printed. */
    public String location(RequestHead head) {
        Authority asked = Authority.parse(head.authority());
        String toScheme = scheme == null ? head.scheme() : scheme;
        String toPath = path.apply(head.path());
        String query = stripQuery ? null : head.query();
        StringBuilder location = new StringBuilder(toScheme).append("://");
        location.append(host == null ? asked.host() : host);
        int toPort = port >= 0 ? port : keptPort(asked, head.scheme());
        if (toPort >= 0 && toPort != defaultPort(toScheme)) {
            location.append(':').append(toPort);
        }
        location.append(toPath);
        // A path of the rule may bring a query of its own: then that one counts.
        if (query != null && toPath.indexOf('?') < 0) {
            location.append('?').append(query);
        }
        return location.toString();
    }

    /** A port belongs to the host it was asked of, and a default port to its scheme. */
    private int keptPort(Authority asked, String askedScheme) {
        boolean moved = host != null || asked.port() == defaultPort(askedScheme);
        return moved ? -1 : asked.port();
    }

    private static int defaultPort(String scheme) {
        return scheme.equalsIgnoreCase("https") ? 443 : 80;
    }
}
