package io.lateen.manager.translate.route;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import java.util.List;

/**
 * The one route of a service that no rule is about.
 *
 * @param target the service's own cluster
 */
public record ServiceRoutes(Target target) implements RouteSource {

    @Override
    public Routes routes() {
        return new Routes(List.of(toAll(target)), List.of());
    }

    private static Route toAll(Target target) {
        RouteAction.Builder action = withoutTimeout().setCluster(target.cluster().toString());
        if (target.hash() != null) {
            HashPolicies.of(target.hash()).ifPresent(action::addHashPolicy);
        }
        Retrying.policy(null, target.hash() != null).ifPresent(action::setRetryPolicy);
        return Route.newBuilder()
                .setName(StandingRoutes.DEFAULT)
                .setMatch(Matchers.everything())
                .setRoute(action)
                .build();
    }

    // Its replacement does not cover gRPC's own timeout header in older Envoys.
    @SuppressWarnings("deprecation")
    static RouteAction.Builder withoutTimeout() {
        return RouteAction.newBuilder()
                .setTimeout(Duration.getDefaultInstance())
                .setMaxGrpcTimeout(Duration.getDefaultInstance());
    }
}
