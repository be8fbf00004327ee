package io.lateen.sidecar.route;

import io.lateen.sidecar.exchange.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * How a request's target changes on its way to the upstream.
 *
 * @param path how its path changes
 * @param host its new authority; null when it stays; both {@link Octets#asRead}
 */
public record Rewrite(PathEdit path, @Nullable String host) {

    /** Nothing changes. */
    public static final Rewrite NONE = new Rewrite(PathEdit.Unchanged.INSTANCE, null);

    /** Whether anything changes at all. */
    public boolean changesNothing() {
        return host == null && path == PathEdit.Unchanged.INSTANCE;
    }

    /** Changes {@code head}; called once per request. */
    public void apply(RequestHead head) {
        if (path != PathEdit.Unchanged.INSTANCE) {
            String query = head.query();
            String changed = path.apply(head.path());
            head.rewriteTarget(Octets.written(query == null ? changed : changed + '?' + query));
        }
        if (host != null) {
            head.rewriteAuthority(Octets.written(host));
        }
    }
}
