package io.lateen.manager.translate.route;

import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.RateLimit;
import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.manager.translate.envoy.OutboundPolicy;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.model.naming.ClusterName;
import io.lateen.model.service.Protocol;
import java.util.List;

/** The routes that follow from no rule and no service of the mesh. */
public final class StandingRoutes {

    /** The name of a route that nobody named. */
    static final String DEFAULT = "default";

    private static final String ANY_HOST = "*";
    private static final int BAD_GATEWAY = 502;

    private StandingRoutes() {}

    /** Where a request goes to a host that no service of the mesh has. */
    static VirtualHost unknownHosts(OutboundPolicy policy) {
        return switch (policy) {
            case ALLOW_ANY ->
                    VirtualHost.newBuilder()
                            .setName("allow_any")
                            .addDomains(ANY_HOST)
                            .addRoutes(
                                    Route.newBuilder()
                                            .setName("allow_any")
                                            .setMatch(Matchers.everything())
                                            .setRoute(
                                                    ServiceRoutes.withoutTimeout()
                                                            .setCluster(ClusterName.PASSTHROUGH)))
                            .build();
            case REGISTRY_ONLY ->
                    VirtualHost.newBuilder()
                            .setName("block_all")
                            .addDomains(ANY_HOST)
                            .addRoutes(
                                    Route.newBuilder()
                                            .setName("block_all")
                                            .setMatch(Matchers.everything())
                                            .setDirectResponse(
                                                    DirectResponseAction.newBuilder()
                                                            .setStatus(BAD_GATEWAY)))
                            .build();
        };
    }

    /** Every request is sent to the same address with https, on this port. */
    static Route toHttps(int port) {
        return Route.newBuilder()
                .setName("https")
                .setMatch(Matchers.everything())
                .setRedirect(
                        RedirectAction.newBuilder()
                                .setHttpsRedirect(true)
                                .setPortRedirect(port)
                                .setResponseCode(
                                        RedirectAction.RedirectResponseCode.MOVED_PERMANENTLY))
                .build();
    }

    /**
     * Every request that reaches a port of the workload goes to the application.
     *
     * @param limits what requests are counted by
     */
    public static RouteConfiguration inbound(ServedPort served, List<RateLimit> limits) {
        String cluster = ClusterName.inbound(served.appPort()).toString();
        io.envoyproxy.envoy.config.route.v3.RouteAction.Builder action =
                ServiceRoutes.withoutTimeout().setCluster(cluster).addAllRateLimits(limits);
        if (served.protocol() != Protocol.GRPC) {
            action.setRetryPolicy(Retrying.inbound());
        }
        return RouteConfiguration.newBuilder()
                .setName(cluster)
                .addVirtualHosts(
                        VirtualHost.newBuilder()
                                .setName("inbound|http|" + served.port())
                                .addDomains(ANY_HOST)
                                .addRoutes(
                                        Route.newBuilder()
                                                .setName(DEFAULT)
                                                .setMatch(Matchers.everything())
                                                .setRoute(action)))
                .setValidateClusters(Words.no())
                .build();
    }
}
