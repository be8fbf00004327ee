package io.lateen.sidecar.route;

import io.lateen.sidecar.exchange.RequestHead;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Which requests a route wants: those that fulfil all of it.
 *
 * @param path which paths
 * @param headers what is asked of headers, in order
 * @param query what is asked of query parameters, in order
 * @param perMillion of those, how many of a million; asked last
 */
public record RouteMatch(
        PathMatch path, List<HeaderMatch> headers, List<QueryMatch> query, int perMillion) {

    /** A share that leaves nothing out. */
    public static final int ALL = 1_000_000;

    /** Wants every request. */
    public static final RouteMatch EVERYTHING =
            new RouteMatch(PathMatch.any(), List.of(), List.of(), ALL);

    public RouteMatch {
        headers = List.copyOf(headers);
        query = List.copyOf(query);
    }

    /** Whether the request is wanted. */
    public boolean matches(RequestHead head, RandomGenerator random) {
        if (!path.matches(head)) {
            return false;
        }
        for (int i = 0; i < headers.size(); i++) {
            if (!headers.get(i).matches(head)) {
                return false;
            }
        }
        for (int i = 0; i < query.size(); i++) {
            if (!query.get(i).matches(head.query())) {
                return false;
            }
        }
        return perMillion >= ALL || random.nextInt(ALL) < perMillion;
    }
}
