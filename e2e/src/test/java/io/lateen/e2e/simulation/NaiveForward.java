package io.lateen.e2e.simulation;

import com.google.re2j.Pattern;
import io.lateen.model.match.StringMatch;
import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.Headers;
import io.lateen.model.resource.HttpMatch;
import io.lateen.model.resource.HttpRoute;
import io.lateen.model.resource.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a route does with a request that it took, as the oracle reads it. */
final class NaiveForward {

    /** Headers that drawn rules touch. */
    static final List<String> TOUCHED =
            List.of(
                    "x-route-set",
                    "x-route-add",
                    "x-route-remove",
                    "x-destination-set",
                    "x-destination-add",
                    "x-destination-remove");

    /** Istio's default (§2.1.1). */
    private static final Decision.Retries DEFAULT_RETRIES =
            new Decision.Retries(
                    2,
                    Set.of(
                            "connect-failure",
                            "refused-stream",
                            "unavailable",
                            "cancelled",
                            "retriable-status-codes"),
                    Set.of(),
                    0);

    private static final int MILLION = 1_000_000;

    private final NaiveClusters clusters;

    NaiveForward(NaiveClusters clusters) {
        this.clusters = clusters;
    }

    /** To a service that no rule is about. */
    Decision plain(Hostname host, Request request) {
        String cluster = NaiveClusters.name(host, request.port(), null);
        Decision.Sent sent =
                new Decision.Sent(
                        request.authority(), request.target(), touched(request.headers()));
        return new Decision.Forwarded(
                "",
                List.of(new Decision.Share(cluster, MILLION, sent)),
                Map.of(cluster, clusters.known(host, request.port(), null)),
                0,
                DEFAULT_RETRIES,
                Decision.Faults.NONE,
                new TreeMap<>());
    }

    /** By a route of a rule. */
    Decision by(Resource rule, HttpRoute route, @Nullable HttpMatch match, Request request) {
        if (route.redirect() != null) {
            return redirect(route.redirect(), match, request);
        }
        if (route.directResponse() != null) {
            HttpRoute.Body body = route.directResponse().body();
            return new Decision.Answered(
                    route.directResponse().status(),
                    body == null || body.string() == null ? "" : body.string());
        }
        List<HttpRoute.HttpDestination> destinations =
                route.route().size() == 1
                        ? route.route()
                        : route.route().stream().filter(d -> d.weight() > 0).toList();
        int total = destinations.stream().mapToInt(HttpRoute.HttpDestination::weight).sum();
        List<Decision.Share> shares = new ArrayList<>();
        Map<String, Decision.Known> known = new TreeMap<>();
        for (HttpRoute.HttpDestination destination : destinations) {
            Target target = target(rule, destination.destination(), request.port());
            int share =
                    destinations.size() == 1
                            ? MILLION
                            : (int) ((long) MILLION * destination.weight() / total);
            known.put(target.cluster(), target.known());
            shares.add(
                    new Decision.Share(
                            target.cluster(), share, sent(route, destination, match, request)));
        }
        return new Decision.Forwarded(
                path(rule),
                shares,
                known,
                nanos(route.timeout()),
                retries(route.retries()),
                faults(route.fault()),
                mirrors(rule, route, request.port()));
    }

    private record Target(String cluster, Decision.Known known) {}

    private Target target(
            Resource rule, io.lateen.model.resource.Destination destination, int listenerPort) {
        Hostname host = destination.host().resolve(rule.metadata().namespace(), "cluster.local");
        int port = clusters.port(host, destination.portNumber(), listenerPort);
        return new Target(
                NaiveClusters.name(host, port, destination.subset()),
                clusters.known(host, port, destination.subset()));
    }

    private static Decision.Sent sent(
            HttpRoute route,
            HttpRoute.HttpDestination destination,
            @Nullable HttpMatch match,
            Request request) {
        String path = request.path();
        String authority = request.authority();
        HttpRoute.Rewrite rewrite = route.rewrite();
        if (rewrite != null) {
            if (rewrite.uri() != null) {
                path = replaced(path, match, rewrite.uri());
            }
            if (rewrite.uriRegexRewrite() != null) {
                path =
                        Pattern.compile(rewrite.uriRegexRewrite().match())
                                .matcher(path)
                                .replaceAll(rewrite.uriRegexRewrite().rewrite().replace('\\', '$'));
            }
            if (rewrite.authority() != null) {
                authority = rewrite.authority();
            }
        }
        Map<String, String> headers = new TreeMap<>(request.headers());
        edit(headers, route.headers().request());
        edit(headers, destination.headers().request());
        return new Decision.Sent(
                authority,
                request.query() == null ? path : path + "?" + request.query(),
                touched(headers));
    }

    /** A prefix is replaced as it was matched; anything else is replaced whole. */
    private static String replaced(String path, @Nullable HttpMatch match, String uri) {
        StringMatch matched = match == null ? null : match.uri();
        return switch (matched) {
            case StringMatch.Prefix(String prefix) -> uri + path.substring(prefix.length());
            case null -> uri + path.substring(1);
            default -> uri;
        };
    }

    private static void edit(Map<String, String> headers, Headers.Operations operations) {
        operations.remove().forEach(headers::remove);
        headers.putAll(operations.set());
        operations
                .add()
                .forEach((name, value) -> headers.merge(name, value, (a, b) -> a + "," + b));
    }

    private static SortedMap<String, String> touched(Map<String, String> headers) {
        SortedMap<String, String> touched = new TreeMap<>(headers);
        touched.keySet().retainAll(TOUCHED);
        return touched;
    }

    private static Decision redirect(
            HttpRoute.Redirect redirect, @Nullable HttpMatch match, Request request) {
        String scheme = redirect.scheme() == null ? "http" : redirect.scheme();
        String host = redirect.authority() == null ? request.host() : redirect.authority();
        int port = -1;
        if (redirect.port() != null) {
            port = redirect.port();
        } else if (redirect.authority() == null && request.authority().contains(":")) {
            int asked = request.port();
            // A new scheme leaves the old scheme's own port behind.
            port = redirect.scheme() != null && asked == 80 ? -1 : asked;
        }
        int usual = scheme.equals("https") ? 443 : 80;
        String path = request.path();
        if (redirect.uri() != null) {
            path = redirect.uri();
        } else if (redirect.prefixRewrite() != null) {
            path = replaced(path, match, redirect.prefixRewrite());
        }
        return new Decision.Redirected(
                redirect.redirectCode(),
                scheme
                        + "://"
                        + host
                        + (port < 0 || port == usual ? "" : ":" + port)
                        + path
                        + (request.query() == null ? "" : "?" + request.query()));
    }

    private static Decision.Retries retries(HttpRoute.@Nullable Retries written) {
        if (written == null) {
            return DEFAULT_RETRIES;
        }
        if (written.attempts() == 0) {
            return Decision.Retries.NEVER;
        }
        if (written.conditions().isEmpty()) {
            return new Decision.Retries(
                    written.attempts(),
                    DEFAULT_RETRIES.conditions(),
                    Set.of(),
                    nanos(written.perTryTimeout()));
        }
        Set<String> conditions = new HashSet<>();
        Set<Integer> codes = new HashSet<>();
        for (String condition : written.conditions()) {
            if (Character.isDigit(condition.charAt(0))
                    && condition.length() == 3
                    && !condition.equals("5xx")) {
                codes.add(Integer.valueOf(condition));
                conditions.add("retriable-status-codes");
            } else {
                conditions.add(condition);
            }
        }
        return new Decision.Retries(
                written.attempts(), conditions, codes, nanos(written.perTryTimeout()));
    }

    private static Decision.Faults faults(HttpRoute.@Nullable Fault written) {
        if (written == null) {
            return Decision.Faults.NONE;
        }
        HttpRoute.Delay delay = written.delay();
        HttpRoute.Abort abort = written.abort();
        int delayed = delay == null ? 0 : delay.share().partsPerMillion();
        int aborted = abort == null ? 0 : abort.share().partsPerMillion();
        return new Decision.Faults(
                delayed == 0 || delay == null ? 0 : nanos(delay.fixedDelay()),
                delayed,
                aborted == 0 || abort == null ? null : abort.httpStatus(),
                aborted);
    }

    private SortedMap<String, Integer> mirrors(Resource rule, HttpRoute route, int port) {
        SortedMap<String, Integer> mirrors = new TreeMap<>();
        for (HttpRoute.Mirror mirror : route.copies()) {
            mirrors.put(
                    target(rule, mirror.destination(), port).cluster(),
                    mirror.share().partsPerMillion());
        }
        return mirrors;
    }

    /** The same route for one of its matches alone. */
    static HttpRoute withMatch(HttpRoute route, HttpMatch match) {
        return new HttpRoute(
                route.name(),
                List.of(match),
                route.route(),
                route.redirect(),
                route.directResponse(),
                route.delegate(),
                route.rewrite(),
                route.timeout(),
                route.retries(),
                route.fault(),
                route.mirror(),
                route.mirrorPercent(),
                route.mirrorPercentage(),
                route.mirrors(),
                route.corsPolicy(),
                route.headers());
    }

    private static String path(Resource rule) {
        return "/apis/networking.istio.io/v1/namespaces/%s/virtualservices/%s"
                .formatted(rule.metadata().namespace(), rule.metadata().name());
    }

    private static long nanos(@Nullable Duration duration) {
        return duration == null ? 0 : duration.toNanos();
    }
}
