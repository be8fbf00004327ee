package io.lateen.bench.control;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.util.List;
import java.util.stream.Stream;

/** What a sidecar is told that calls and is called. */
public record Both(Resources first, Resources second) implements Resources {

    @Override
    public List<Cluster> clusters() {
        return Stream.concat(first.clusters().stream(), second.clusters().stream()).toList();
    }

    @Override
    public List<ClusterLoadAssignment> endpoints() {
        return Stream.concat(first.endpoints().stream(), second.endpoints().stream()).toList();
    }

    @Override
    public List<Listener> listeners() {
        return Stream.concat(first.listeners().stream(), second.listeners().stream()).toList();
    }

    @Override
    public List<RouteConfiguration> routes() {
        return Stream.concat(first.routes().stream(), second.routes().stream()).toList();
    }
}
