package io.lateen.bench.control;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.List;

/** What one sidecar is told. */
public interface Resources {

    /** CDS. */
    List<Cluster> clusters();

    /** EDS. */
    List<ClusterLoadAssignment> endpoints();

    /** LDS. */
    List<Listener> listeners();

    /** RDS. */
    List<RouteConfiguration> routes();
}
