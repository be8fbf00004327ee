package io.lateen.sidecar.plan;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.LocalReply;
import io.lateen.sidecar.filter.headers.HeaderEdits;
import io.lateen.sidecar.route.Octets;
import io.lateen.sidecar.route.PathEdit;
import io.lateen.sidecar.route.PathMatch;
import io.lateen.sidecar.route.Redirect;
import io.lateen.sidecar.route.RouteMatch;
import java.util.List;

/** Makes routes from {@code envoy.config.route.v3.Route}. */
final class RouteFactory {

    private RouteFactory() {}

    static RoutePlan route(Route route, String at) throws Refusal {
        RouteMatch match = MatchFactory.match(route.getMatch(), at + ".match");
        FilterFactory.Filters filters =
                FilterFactory.filters(route.getTypedPerFilterConfigMap(), at);
        HeaderEdits requestEdits =
                HeaderEditsFactory.edits(
                        route.getRequestHeadersToAddList(),
                        route.getRequestHeadersToRemoveList(),
                        at + ".request_headers");
        HeaderEdits responseEdits =
                HeaderEditsFactory.edits(
                        route.getResponseHeadersToAddList(),
                        route.getResponseHeadersToRemoveList(),
                        at + ".response_headers");
        return new RoutePlan(
                Reading.origin(
                        route.getName().isEmpty() ? "default" : route.getName(),
                        route.getMetadata()),
                match,
                filters.request(),
                requestEdits,
                responseEdits,
                filters.cors(),
                action(route, match.path(), at),
                RateLimitFactory.rules(route.getRoute().getRateLimitsList(), at + ".route"));
    }

    private static RouteAction action(Route route, PathMatch path, String at) throws Refusal {
        return switch (route.getActionCase()) {
            case ROUTE -> ForwardFactory.forward(route.getRoute(), path, at + ".route");
            case REDIRECT ->
                    new RouteAction.Redirected(
                            redirect(route.getRedirect(), path, at + ".redirect"));
            case DIRECT_RESPONSE ->
                    new RouteAction.Direct(
                            reply(route.getDirectResponse(), at + ".direct_response"));
            case FILTER_ACTION, NON_FORWARDING_ACTION, ACTION_NOT_SET ->
                    throw new Refusal(
                            at, "has no action; expected route, redirect or direct_response");
        };
    }

    private static LocalReply reply(DirectResponseAction direct, String at) throws Refusal {
        if (direct.getStatus() < 200 || direct.getStatus() > 599) {
            throw new Refusal(
                    at + ".status", "is %d; expected 200..599".formatted(direct.getStatus()));
        }
        byte[] body =
                switch (direct.getBody().getSpecifierCase()) {
                    case INLINE_STRING, INLINE_BYTES -> inline(direct.getBody());
                    case SPECIFIER_NOT_SET -> new byte[0];
                    case FILENAME, ENVIRONMENT_VARIABLE ->
                            throw new Refusal(
                                    at + ".body",
                                    "is elsewhere; expected inline_string or" + " inline_bytes");
                };
        List<LocalReply.Header> headers =
                body.length == 0
                        ? List.of()
                        : List.of(LocalReply.Header.of(HeaderName.CONTENT_TYPE, "text/plain"));
        return new LocalReply(direct.getStatus(), headers, body);
    }

    private static byte[] inline(DataSource source) {
        return source.hasInlineString()
                ? source.getInlineStringBytes().toByteArray()
                : source.getInlineBytes().toByteArray();
    }

    private static Redirect redirect(RedirectAction action, PathMatch path, String at)
            throws Refusal {
        int status =
                switch (action.getResponseCode()) {
                    case MOVED_PERMANENTLY -> 301;
                    case FOUND -> 302;
                    case SEE_OTHER -> 303;
                    case TEMPORARY_REDIRECT -> 307;
                    case PERMANENT_REDIRECT -> 308;
                    case UNRECOGNIZED -> throw new Refusal(at + ".response_code", "is not known");
                };
        String scheme =
                switch (action.getSchemeRewriteSpecifierCase()) {
                    case HTTPS_REDIRECT -> action.getHttpsRedirect() ? "https" : null;
                    case SCHEME_REDIRECT ->
                            Reading.unbroken(action.getSchemeRedirect(), at + ".scheme_redirect");
                    case SCHEMEREWRITESPECIFIER_NOT_SET -> null;
                };
        int port = action.getPortRedirect();
        if (port < 0 || port > 65535) {
            throw new Refusal(at + ".port_redirect", "is %d; expected 1..65535".formatted(port));
        }
        return new Redirect(
                status,
                scheme,
                action.getHostRedirect().isEmpty()
                        ? null
                        : Reading.unbroken(action.getHostRedirect(), at + ".host_redirect"),
                port == 0 ? -1 : port,
                pathEdit(action, path, at),
                action.getStripQuery());
    }

    private static PathEdit pathEdit(RedirectAction action, PathMatch path, String at)
            throws Refusal {
        return action.getPathRedirect().isEmpty()
                ? ForwardFactory.pathEdit(
                        path, action.getPrefixRewrite(), action.getRegexRewrite(), at)
                : new PathEdit.Whole(
                        Octets.asRead(
                                Reading.unbroken(action.getPathRedirect(), at + ".path_redirect")));
    }
}
