package io.lateen.manager.translate;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.manager.translate.cluster.OutboundCluster;
import io.lateen.manager.translate.cluster.StandingClusters;
import io.lateen.manager.translate.endpoint.LoadAssignment;
import io.lateen.manager.translate.listener.ListenerPlan;
import io.lateen.manager.translate.memo.Memo;
import io.lateen.manager.translate.route.RouteMemory;
import io.lateen.manager.translate.route.RouteTable;

/**
 * What was translated before, each resource by all that it follows from. So a change costs what it
 * changes: one endpoint one load assignment, one rule the tables of its hosts' ports. Any thread.
 */
final class TranslationMemory {

    private final RouteMemory routes = new RouteMemory();
    private final Memo<OutboundCluster, XdsResource> clusters =
            new Memo<>(key -> XdsResource.of(key.name().toString(), key.message()));
    private final Memo<ServedPort, XdsResource> inboundClusters =
            new Memo<>(key -> cluster(StandingClusters.inbound(key)));
    private final Memo<LoadAssignment, XdsResource> endpoints =
            new Memo<>(key -> XdsResource.of(key.cluster().toString(), key.message()));
    private final Memo<RouteTable, XdsResource> tables =
            new Memo<>(key -> XdsResource.of(key.name(), key.message()));
    private final Memo<ListenerPlan, XdsResource> listeners =
            new Memo<>(key -> XdsResource.of(key.name(), key.message()));

    RouteMemory routes() {
        return routes;
    }

    XdsResource cluster(OutboundCluster key) {
        return clusters.get(key);
    }

    XdsResource inboundCluster(ServedPort key) {
        return inboundClusters.get(key);
    }

    XdsResource endpoints(LoadAssignment key) {
        return endpoints.get(key);
    }

    XdsResource table(RouteTable key) {
        return tables.get(key);
    }

    XdsResource listener(ListenerPlan key) {
        return listeners.get(key);
    }

    /** A cluster that follows from nothing, or is too small to remember. */
    static XdsResource cluster(Cluster cluster) {
        return XdsResource.of(cluster.getName(), cluster);
    }

    /** A new snapshot begins: what the last few did not ask for is forgotten. */
    void turn() {
        routes.turn();
        clusters.turn();
        inboundClusters.turn();
        endpoints.turn();
        tables.turn();
        listeners.turn();
    }
}
