package io.lateen.sidecar.plan;

import io.lateen.sidecar.filter.headers.HeaderEdits;
import io.lateen.sidecar.route.Rewrite;

/**
 * One cluster that a route may choose.
 *
 * @param cluster the cluster's name; whether it exists is seen when a request comes
 * @param weight its share; of a single destination 1
 * @param requestEdits edits for this destination alone, after the route's own
 * @param responseEdits edits for this destination alone, before the route's own
 * @param rewrite a new authority for this destination alone
 */
public record Destination(
        String cluster,
        int weight,
        HeaderEdits requestEdits,
        HeaderEdits responseEdits,
        Rewrite rewrite) {

    /** A destination without edits of its own. */
    public static Destination of(String cluster) {
        return new Destination(cluster, 1, HeaderEdits.NONE, HeaderEdits.NONE, Rewrite.NONE);
    }

    /** The same destination with another share. */
    Destination weighing(int share) {
        return new Destination(cluster, share, requestEdits, responseEdits, rewrite);
    }
}
