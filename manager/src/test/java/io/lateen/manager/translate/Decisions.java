package io.lateen.manager.translate;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.Proxy;
import java.util.List;
import java.util.stream.Collectors;

/** What decides about a host's requests, in a few words. */
final class Decisions {

    private Decisions() {}

    static ProxyConfiguration translate(MeshSnapshot snapshot, Proxy proxy) {
        return new Translator(TranslationSettings.DEFAULT).translate(snapshot, proxy);
    }

    /**
     * The routes of a host as {@code path → clusters with weights}, in their order; short names of
     * services and subsets.
     */
    static List<String> routes(ProxyConfiguration configuration, String table, String host) {
        VirtualHost found =
                XdsJson.routes(configuration, table).getVirtualHostsList().stream()
                        .filter(candidate -> candidate.getDomainsList().contains(host))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no host " + host));
        return found.getRoutesList().stream().map(Decisions::route).toList();
    }

    private static String route(Route route) {
        String path =
                route.getMatch().getPath()
                        + route.getMatch().getPrefix()
                        + route.getMatch().getSafeRegex().getRegex();
        String headers =
                route.getMatch().getHeadersList().stream()
                        .map(
                                header ->
                                        " "
                                                + header.getName()
                                                + "="
                                                + header.getStringMatch().getExact())
                        .collect(Collectors.joining());
        return path + headers + " → " + destination(route);
    }

    private static String destination(Route route) {
        if (!route.hasRoute()) {
            return route.hasRedirect() ? "redirect" : "answer";
        }
        RouteAction action = route.getRoute();
        if (!action.hasWeightedClusters()) {
            return shorten(action.getCluster());
        }
        return action.getWeightedClusters().getClustersList().stream()
                .map(share -> shorten(share.getName()) + " " + share.getWeight().getValue())
                .collect(Collectors.joining(", "));
    }

    /**
     * {@code outbound|9080|v1|reviews.default.svc.cluster.local} as {@code
     * reviews.default:9080/v1}.
     */
    static String shorten(String cluster) {
        String[] parts = cluster.split("\\|", -1);
        if (parts.length != 4) {
            return cluster;
        }
        String host = parts[3].replace(".svc.cluster.local", "");
        return host + ":" + parts[1] + (parts[2].isEmpty() ? "" : "/" + parts[2]);
    }
}
