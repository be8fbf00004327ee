package io.lateen.manager.translate.route;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatchAndSubstitute;
import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.model.resource.Destination;
import io.lateen.model.resource.HttpRoute;
import io.lateen.model.resource.HttpRoute.HttpDestination;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The requests of one route are sent on, to one destination or shared by weight. */
final class Forwarding {

    private final RuleRoutes rule;
    private final HttpRoute written;
    private final String path;
    private final List<Finding> findings;

    Forwarding(RuleRoutes rule, HttpRoute written, String path, List<Finding> findings) {
        this.rule = rule;
        this.written = written;
        this.path = path;
        this.findings = findings;
    }

    /** Writes the action; false if no destination has any share. */
    boolean write(Route.Builder route) {
        RouteAction.Builder action = RouteAction.newBuilder();
        timeout(action);
        rewrite(action);
        List<HttpDestination> all = written.route();
        boolean single = all.size() == 1;
        boolean kept = single && target(all.getFirst().destination()).hash() != null;
        Retrying.policy(written.retries(), kept).ifPresent(action::setRetryPolicy);
        if (single) {
            single(route, action, all.getFirst());
        } else if (!shared(action, all)) {
            return false;
        }
        mirrors(action);
        route.setRoute(action);
        return true;
    }

    private void single(
            Route.Builder route, RouteAction.Builder action, HttpDestination destination) {
        Target target = checked(destination.destination(), ".route[0].destination");
        action.setCluster(target.cluster().toString());
        hash(action, target);
        HeaderEdits request = HeaderEdits.of(destination.headers().request());
        HeaderEdits response = HeaderEdits.of(destination.headers().response());
        route.addAllRequestHeadersToAdd(request.toAdd())
                .addAllRequestHeadersToRemove(request.toRemove())
                .addAllResponseHeadersToAdd(response.toAdd())
                .addAllResponseHeadersToRemove(response.toRemove());
        String authority = request.authority();
        if (authority != null && !action.hasHostRewriteLiteral()) {
            action.setHostRewriteLiteral(authority);
        }
    }

    /** Destinations without a weight among several get nothing and are left out. */
    private boolean shared(RouteAction.Builder action, List<HttpDestination> all) {
        WeightedCluster.Builder weighted = WeightedCluster.newBuilder();
        for (int i = 0; i < all.size(); i++) {
            HttpDestination destination = all.get(i);
            Target target = checked(destination.destination(), ".route[" + i + "].destination");
            if (destination.weight() > 0) {
                weighted.addClusters(share(action, destination, target));
                hash(action, target);
            }
        }
        if (weighted.getClustersCount() == 0) {
            return false;
        }
        action.setWeightedClusters(weighted);
        return true;
    }

    private static WeightedCluster.ClusterWeight share(
            RouteAction.Builder action, HttpDestination destination, Target target) {
        HeaderEdits request = HeaderEdits.of(destination.headers().request());
        HeaderEdits response = HeaderEdits.of(destination.headers().response());
        WeightedCluster.ClusterWeight.Builder share =
                WeightedCluster.ClusterWeight.newBuilder()
                        .setName(target.cluster().toString())
                        .setWeight(com.google.protobuf.UInt32Value.of(destination.weight()))
                        .addAllRequestHeadersToAdd(request.toAdd())
                        .addAllRequestHeadersToRemove(request.toRemove())
                        .addAllResponseHeadersToAdd(response.toAdd())
                        .addAllResponseHeadersToRemove(response.toRemove());
        String authority = request.authority();
        if (authority != null && !action.hasHostRewriteLiteral()) {
            share.setHostRewriteLiteral(authority);
        }
        return share.build();
    }

    /** The route's timeout also caps what a gRPC client asks for in its own header. */
    // Its replacement does not cover gRPC's own timeout header in older Envoys.
    @SuppressWarnings("deprecation")
    private void timeout(RouteAction.Builder action) {
        Duration timeout =
                written.timeout() == null
                        ? Duration.getDefaultInstance()
                        : Words.duration(written.timeout());
        action.setTimeout(timeout);
        if (rule.forGrpc()) {
            action.setMaxStreamDuration(
                    RouteAction.MaxStreamDuration.newBuilder().setMaxStreamDuration(timeout));
        } else {
            action.setMaxGrpcTimeout(timeout);
        }
    }

    /** A written authority beats a Host header that is set. */
    private void rewrite(RouteAction.Builder action) {
        String authority = HeaderEdits.of(written.headers().request()).authority();
        HttpRoute.Rewrite rewrite = written.rewrite();
        if (rewrite != null) {
            authority = rewrite.authority() == null ? authority : rewrite.authority();
            path(action, rewrite);
        }
        if (authority != null) {
            action.setHostRewriteLiteral(authority);
        }
    }

    private void path(RouteAction.Builder action, HttpRoute.Rewrite rewrite) {
        HttpRoute.RegexRewrite byExpression = rewrite.uriRegexRewrite();
        String uri = rewrite.uri();
        if (byExpression != null) {
            Optional<String> broken = Matchers.brokenExpression(byExpression.match());
            if (broken.isPresent()) {
                findings.add(rule.finding(path + ".rewrite.uriRegexRewrite.match", broken.get()));
                return;
            }
            action.setRegexRewrite(
                    RegexMatchAndSubstitute.newBuilder()
                            .setPattern(Matchers.regex(byExpression.match()))
                            .setSubstitution(byExpression.rewrite()));
        } else if (uri != null) {
            action.setPrefixRewrite(uri);
        }
    }

    private void mirrors(RouteAction.Builder action) {
        List<HttpRoute.Mirror> copies = written.copies();
        for (int i = 0; i < copies.size(); i++) {
            HttpRoute.Mirror mirror = copies.get(i);
            String where =
                    written.mirror() != null && i == 0
                            ? ".mirror"
                            : ".mirrors["
                                    + (written.mirror() == null ? i : i - 1)
                                    + "].destination";
            Target target = checked(mirror.destination(), where);
            if (mirror.share().partsPerMillion() > 0) {
                action.addRequestMirrorPolicies(
                        RouteAction.RequestMirrorPolicy.newBuilder()
                                .setCluster(target.cluster().toString())
                                .setTraceSampled(Words.no())
                                .setDisableShadowHostSuffixAppend(true)
                                .setRuntimeFraction(
                                        RuntimeFractionalPercent.newBuilder()
                                                .setDefaultValue(Words.share(mirror.share()))));
            }
        }
    }

    private static void hash(RouteAction.Builder action, Target target) {
        if (target.hash() != null) {
            HashPolicies.of(target.hash()).ifPresent(action::addHashPolicy);
        }
    }

    private Target target(Destination destination) {
        return Objects.requireNonNull(
                rule.targets().get(destination), "a destination that was not resolved");
    }

    /** The target, with a finding if there is no such cluster. */
    private Target checked(Destination destination, String where) {
        Target target = target(destination);
        String message = message(destination, target);
        if (message != null) {
            findings.add(rule.finding(path + where + field(target), message));
        }
        return target;
    }

    private static String field(Target target) {
        return switch (target.state()) {
            case KNOWN, UNKNOWN_HOST -> ".host";
            case UNKNOWN_PORT -> ".port.number";
            case UNKNOWN_SUBSET -> ".subset";
        };
    }

    private static @Nullable String message(Destination destination, Target target) {
        return switch (target.state()) {
            case KNOWN -> null;
            case UNKNOWN_HOST ->
                    "found host %s, which no service has (as %s): requests are answered with 503; correct the name, or create the service"
                            .formatted(destination.host(), target.cluster().host());
            case UNKNOWN_PORT ->
                    "found port %d, which service %s does not have: requests are answered with 503; name one of its ports"
                            .formatted(target.cluster().port(), target.cluster().host());
            case UNKNOWN_SUBSET ->
                    "found subset %s, which no DestinationRule for %s names: requests are answered with 503; add the subset to the rule"
                            .formatted(destination.subset(), target.cluster().host());
        };
    }
}
