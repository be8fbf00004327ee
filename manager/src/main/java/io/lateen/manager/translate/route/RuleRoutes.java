package io.lateen.manager.translate.route;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.translate.envoy.Metadatas;
import io.lateen.model.resource.Destination;
import io.lateen.model.resource.HttpMatch;
import io.lateen.model.resource.HttpRoute;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.VirtualService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The routes of one VirtualService for one port and one kind of client.
 *
 * @param rule the VirtualService
 * @param port of the service or listener: what {@code match.port} is compared with
 * @param side at a sidecar or at a Gateway
 * @param source whose requests they are
 * @param targets what each destination of the rule means to this client
 * @param forGrpc whether a gRPC client reads them
 */
public record RuleRoutes(
        Resource rule,
        int port,
        Side side,
        Source source,
        Map<Destination, Target> targets,
        boolean forGrpc)
        implements RouteSource {

    /** Copies the map. */
    public RuleRoutes {
        targets = Map.copyOf(targets);
    }

    /**
     * In the order written: each match is a route of its own, and what comes after a route that
     * takes every request is left out.
     */
    @Override
    public Routes routes() {
        List<HttpRoute> written = ((VirtualService) rule.spec()).http();
        Made made = new Made(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < written.size(); i++) {
            if (add(written.get(i), "spec.http[" + i + "]", made)) {
                shadowed(written.size(), i, made);
                break;
            }
        }
        return new Routes(made.routes, made.findings);
    }

    private record Made(List<Route> routes, List<Finding> findings) {}

    /** Adds the routes of one entry; true if the last of them takes every request. */
    private boolean add(HttpRoute route, String path, Made made) {
        if (route.match().isEmpty()) {
            made(route, Optional.empty(), path, made);
            return true;
        }
        for (int i = 0; i < route.match().size(); i++) {
            HttpMatch match = route.match().get(i);
            if (!applies(match)) {
                continue;
            }
            Optional<String> refusal = Matchers.refusal(match);
            if (refusal.isPresent()) {
                made.findings.add(finding(path + ".match[" + i + "]", refusal.get()));
                continue;
            }
            Optional<Route> last = made(route, Optional.of(match), path, made);
            if (last.isPresent() && Matchers.takesEverything(last.get().getMatch())) {
                return true;
            }
        }
        return false;
    }

    private Optional<Route> made(
            HttpRoute route, Optional<HttpMatch> match, String path, Made made) {
        RouteMatch routeMatch = match.map(Matchers::routeMatch).orElseGet(Matchers::everything);
        RouteActions actions = new RouteActions(this, route, path, made.findings);
        Optional<Route> result =
                actions.write(
                        Route.newBuilder()
                                .setName(name(route, match))
                                .setMatch(routeMatch)
                                .setMetadata(Metadatas.of(rule)));
        result.ifPresent(made.routes::add);
        return result;
    }

    /** Where a match names gateways and one fits, the client itself is not looked at. */
    private boolean applies(HttpMatch match) {
        Integer wantedPort = match.port();
        if (wantedPort != null && wantedPort != port) {
            return false;
        }
        if (!match.gateways().isEmpty()) {
            return side.isAmong(match.gateways(), rule.metadata().namespace());
        }
        String namespace = match.sourceNamespace();
        return source.fits(match.sourceLabels(), namespace == null ? "" : namespace);
    }

    private static String name(HttpRoute route, Optional<HttpMatch> match) {
        String own = route.name() == null ? "" : route.name();
        String ofMatch = match.map(HttpMatch::name).orElse("");
        String name = ofMatch.isEmpty() ? own : own + "." + ofMatch;
        return name.isEmpty() ? StandingRoutes.DEFAULT : name;
    }

    private void shadowed(int count, int last, Made made) {
        for (int i = last + 1; i < count; i++) {
            made.findings.add(
                    finding(
                            "spec.http[" + i + "]",
                            "found a route that no request reaches: http[%d] before it takes every request; move it before http[%d], or narrow that one's match"
                                    .formatted(last, last)));
        }
    }

    Finding finding(String path, String message) {
        return new Finding(rule.key(), path, message);
    }
}
