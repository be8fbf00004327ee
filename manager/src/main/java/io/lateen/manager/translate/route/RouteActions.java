package io.lateen.manager.translate.route;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.translate.envoy.Deterministic;
import io.lateen.model.resource.HttpRoute;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What one route does with the requests that it matches. */
final class RouteActions {

    private static final int UNAVAILABLE = 503;

    private final RuleRoutes rule;
    private final HttpRoute written;
    private final String path;
    private final List<Finding> findings;

    RouteActions(RuleRoutes rule, HttpRoute written, String path, List<Finding> findings) {
        this.rule = rule;
        this.written = written;
        this.path = path;
        this.findings = findings;
    }

    /** Completes the route; nothing if the rule leaves it to what comes after. */
    Optional<Route> write(Route.Builder route) {
        if (written.delegate() != null) {
            find(
                    "delegate",
                    "found a delegate, which is not supported yet: this route is left out; write the"
                            + " delegate's routes here");
            return Optional.empty();
        }
        headers(route);
        HttpRoute.Redirect redirect = written.redirect();
        HttpRoute.DirectResponse answer = written.directResponse();
        if (redirect != null) {
            route.setRedirect(Redirects.action(redirect, rule.port()));
        } else if (answer != null) {
            answer(route, answer);
        } else if (!new Forwarding(rule, written, path, findings).write(route)) {
            find(
                    "route",
                    "found no destination with a weight, expected at least one: these requests are"
                            + " answered with 503; give one of the destinations a weight");
            route.setDirectResponse(DirectResponseAction.newBuilder().setStatus(UNAVAILABLE));
        }
        filters(route);
        return Optional.of(route.build());
    }

    private void headers(Route.Builder route) {
        HeaderEdits request = HeaderEdits.of(written.headers().request());
        HeaderEdits response = HeaderEdits.of(written.headers().response());
        route.addAllRequestHeadersToAdd(request.toAdd())
                .addAllRequestHeadersToRemove(request.toRemove())
                .addAllResponseHeadersToAdd(response.toAdd())
                .addAllResponseHeadersToRemove(response.toRemove());
    }

    private void answer(Route.Builder route, HttpRoute.DirectResponse answer) {
        DirectResponseAction.Builder action =
                DirectResponseAction.newBuilder().setStatus(answer.status());
        HttpRoute.Body body = answer.body();
        String text = body == null ? null : body.string();
        String bytes = body == null ? null : body.bytes();
        if (text != null) {
            action.setBody(DataSource.newBuilder().setInlineString(text));
        } else if (bytes != null) {
            try {
                action.setBody(
                        DataSource.newBuilder()
                                .setInlineBytes(
                                        ByteString.copyFrom(Base64.getDecoder().decode(bytes))));
            } catch (IllegalArgumentException e) {
                find(
                        "directResponse.body.bytes",
                        "found what is not Base64 (%s): the answer has no body"
                                .formatted(e.getMessage()));
            }
        }
        route.setDirectResponse(action);
    }

    /** Failures and CORS apply to whatever the route does, also to a redirect. */
    private void filters(Route.Builder route) {
        HttpRoute.Fault fault = written.fault();
        if (fault != null) {
            unsupported(fault);
            route.putTypedPerFilterConfig(
                    FilterConfigs.FAULT, Deterministic.any(FilterConfigs.fault(fault)));
        }
        HttpRoute.CorsPolicy cors = written.corsPolicy();
        if (cors != null && !rule.forGrpc()) {
            route.putTypedPerFilterConfig(
                    FilterConfigs.CORS, Deterministic.any(FilterConfigs.cors(cors)));
        }
    }

    private void unsupported(HttpRoute.Fault fault) {
        HttpRoute.Delay delay = fault.delay();
        if (delay != null && delay.fixedDelay() == null) {
            find(
                    "fault.delay",
                    "found no fixedDelay, expected one: an exponentialDelay has no effect; write"
                            + " fixedDelay");
        }
        HttpRoute.Abort abort = fault.abort();
        if (abort != null
                && abort.httpStatus() == null
                && FilterConfigs.grpcStatus(abort.grpcStatus()) < 0) {
            find(
                    "fault.abort",
                    "found neither an httpStatus nor the name of a gRPC status, expected one of"
                            + " them: nothing is aborted");
        }
    }

    private void find(String field, String message) {
        findings.add(rule.finding(path + "." + field, message));
    }
}
