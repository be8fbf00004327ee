package io.lateen.e2e.simulation;

import io.lateen.model.match.StringMatch;
import io.lateen.model.resource.GatewayReference;
import io.lateen.model.resource.HttpMatch;
import io.lateen.model.resource.HttpRoute;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether a request is what a match describes, as the oracle reads it. */
final class NaiveMatch {

    private NaiveMatch() {}

    /** The match that lets the request in: empty conditions where the route has none. */
    record Fit(@Nullable HttpMatch match) {}

    /** How a route fits, or null if it does not. */
    static @Nullable Fit fit(
            HttpRoute route,
            Request request,
            Viewer viewer,
            Predicate<GatewayReference> isThisGateway) {
        if (route.match().isEmpty()) {
            return new Fit(null);
        }
        for (HttpMatch match : route.match()) {
            if (concerns(match, request.port(), viewer, isThisGateway) && fits(match, request)) {
                return new Fit(match);
            }
        }
        return null;
    }

    /** Whether a match is for this proxy at all, whatever the request. */
    static boolean concerns(
            HttpMatch match, int port, Viewer viewer, Predicate<GatewayReference> isThisGateway) {
        if (match.port() != null && match.port() != port) {
            return false;
        }
        if (!match.gateways().isEmpty()) {
            // Where gateways are named, the source is not looked at (route.go:447).
            return match.gateways().stream().anyMatch(isThisGateway);
        }
        return viewer.labels().entrySet().containsAll(match.sourceLabels().entrySet())
                && (match.sourceNamespace() == null
                        || match.sourceNamespace().equals(viewer.namespace()));
    }

    /** Whether every request fits. */
    static boolean catchAll(@Nullable HttpMatch match) {
        if (match == null) {
            return true;
        }
        boolean anyPath =
                match.uri() == null
                        || match.uri().equals(new StringMatch.Prefix("/"))
                        || match.uri().equals(new StringMatch.Regex(".*"));
        return anyPath
                && match.headers().isEmpty()
                && match.withoutHeaders().isEmpty()
                && match.queryParams().isEmpty()
                && match.method() == null
                && match.scheme() == null
                && match.authority() == null;
    }

    private static boolean fits(HttpMatch match, Request request) {
        return path(match, request.path())
                && (match.scheme() == null || match.scheme().matches("http"))
                && (match.method() == null || match.method().matches(request.method()))
                && (match.authority() == null || match.authority().matches(request.authority()))
                && headers(match.headers(), request)
                && withoutHeaders(match.withoutHeaders(), request)
                && parameters(match.queryParams(), request);
    }

    private static boolean path(HttpMatch match, String path) {
        if (match.uri() == null) {
            return true;
        }
        return switch (match.uri()) {
            case StringMatch.Exact(String value) when match.ignoreUriCase() ->
                    path.equalsIgnoreCase(value);
            case StringMatch.Prefix(String value) when match.ignoreUriCase() ->
                    path.toLowerCase(Locale.ROOT).startsWith(value.toLowerCase(Locale.ROOT));
            case StringMatch other -> other.matches(path);
        };
    }

    private static boolean headers(Map<String, StringMatch> wanted, Request request) {
        return wanted.entrySet().stream()
                .allMatch(
                        entry -> {
                            String value = request.headers().get(entry.getKey());
                            return value != null && entry.getValue().matches(value);
                        });
    }

    private static boolean withoutHeaders(Map<String, StringMatch> unwanted, Request request) {
        return unwanted.entrySet().stream()
                .noneMatch(
                        entry -> {
                            String value = request.headers().get(entry.getKey());
                            if (entry.getValue() instanceof StringMatch.Present) {
                                return value != null;
                            }
                            return entry.getValue().matches(value == null ? "" : value);
                        });
    }

    private static boolean parameters(Map<String, StringMatch> wanted, Request request) {
        return wanted.entrySet().stream()
                .allMatch(
                        entry -> {
                            String value = request.parameter(entry.getKey());
                            return value != null && entry.getValue().matches(value);
                        });
    }

    /** Routes up to the first of this rule that takes everything: what follows is never asked. */
    static List<HttpRoute> reachable(
            List<HttpRoute> routes,
            int port,
            Viewer viewer,
            Predicate<GatewayReference> isThisGateway) {
        for (int i = 0; i < routes.size(); i++) {
            HttpRoute route = routes.get(i);
            boolean all =
                    route.match().isEmpty()
                            || route.match().stream()
                                    .anyMatch(
                                            match ->
                                                    concerns(match, port, viewer, isThisGateway)
                                                            && catchAll(match));
            if (all) {
                return routes.subList(0, i + 1);
            }
        }
        return routes;
    }
}
