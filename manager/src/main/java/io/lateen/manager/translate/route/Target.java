package io.lateen.manager.translate.route;

import io.lateen.model.naming.ClusterName;
import io.lateen.model.resource.LoadBalancer;
import org.jspecify.annotations.Nullable;

/**
 * What a destination of a rule means to one client: the cluster, and what is known of it.
 *
 * @param cluster the cluster's name, also where nothing of it is known
 * @param state whether there is such a cluster
 * @param hash how requests are kept to one endpoint; null if they are not
 */
public record Target(ClusterName cluster, State state, LoadBalancer.@Nullable ConsistentHash hash) {

    /** Whether there is such a cluster. */
    public enum State {
        /** There is. */
        KNOWN,
        /** No service that the client may see has this name. */
        UNKNOWN_HOST,
        /** The service does not have this port. */
        UNKNOWN_PORT,
        /** No DestinationRule for the service names this subset. */
        UNKNOWN_SUBSET
    }
}
