package io.lateen.manager.translate.listener;

import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.manager.translate.quota.Limits;
import io.lateen.manager.translate.route.StandingRoutes;
import io.lateen.manager.translate.security.Guard;
import io.lateen.model.naming.ClusterName;
import java.util.ArrayList;
import java.util.List;

/**
 * What is done with the traffic of one port that the workload serves.
 *
 * @param served the port
 * @param guard who may call
 * @param limits how often
 * @param accessLog how requests are logged
 */
record InboundFilters(ServedPort served, Guard guard, Limits limits, AccessLogging accessLog) {

    /** Ports in policies are the workload's own, which this is. */
    InboundFilters {
        guard = guard.at(served.appPort());
        limits = limits.at(served);
        accessLog = accessLog.at(served);
    }

    /** As requests, for the application. */
    List<Filter> requests() {
        return List.of(
                HttpConnections.filter(
                        HttpConnections.inbound(
                                statPrefix(),
                                StandingRoutes.inbound(served, limits.ofRoute()),
                                guard,
                                limits,
                                accessLog)));
    }

    /** As bytes, for the application. */
    List<Filter> connections() {
        return connections(
                guard, ClusterName.inbound(served.appPort()).toString(), statPrefix(), accessLog);
    }

    /** As bytes, for a cluster. */
    static List<Filter> connections(
            Guard guard, String cluster, String statPrefix, AccessLogging accessLog) {
        List<Filter> filters = new ArrayList<>(guard.ofConnections());
        filters.add(TcpShares.all(cluster).filter(statPrefix, accessLog));
        return filters;
    }

    private String statPrefix() {
        return "inbound_0.0.0.0_" + served.appPort();
    }
}
