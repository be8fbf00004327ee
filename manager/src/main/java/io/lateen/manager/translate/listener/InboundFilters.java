package io.lateen.manager.translate.listener;

import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.manager.translate.route.StandingRoutes;
import io.lateen.model.naming.ClusterName;

/**
 * What is done with the traffic of one port that the workload serves.
 *
 * @param served the port
 * @param accessLog how requests are logged
 */
record InboundFilters(ServedPort served, AccessLogFormat accessLog) {

    /** As requests, for the application. */
    Filter requests() {
        return HttpConnections.filter(
                HttpConnections.inbound(statPrefix(), StandingRoutes.inbound(served), accessLog));
    }

    /** As bytes, for the application. */
    Filter connections() {
        return TcpShares.all(ClusterName.inbound(served.appPort()).toString())
                .filter(statPrefix(), accessLog);
    }

    private String statPrefix() {
        return "inbound_0.0.0.0_" + served.appPort();
    }
}
