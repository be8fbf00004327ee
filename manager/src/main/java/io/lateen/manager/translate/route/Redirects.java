package io.lateen.manager.translate.route;

import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.lateen.model.resource.HttpRoute;

/** The client is told to ask elsewhere. */
final class Redirects {

    private Redirects() {}

    /**
     * The action. What is not written stays as it was in the request; the usual port of a scheme is
     * not printed.
     *
     * @param requestPort the port that the requests of this route come to
     */
    static RedirectAction action(HttpRoute.Redirect written, int requestPort) {
        RedirectAction.Builder action =
                RedirectAction.newBuilder().setResponseCode(code(written.redirectCode()));
        String authority = written.authority();
        if (authority != null) {
            action.setHostRedirect(authority);
        }
        String uri = written.uri();
        String prefix = written.prefixRewrite();
        if (uri != null) {
            action.setPathRedirect(uri);
        } else if (prefix != null) {
            action.setPrefixRewrite(prefix);
        }
        String scheme = written.scheme();
        if (scheme != null) {
            action.setSchemeRedirect(scheme);
        }
        port(action, written, requestPort);
        return action.build();
    }

    private static void port(
            RedirectAction.Builder action, HttpRoute.Redirect written, int requestPort) {
        // A scheme's usual port is said, too: without it the port that was asked would stay. Our
        // sidecar does not print it.
        if (written.port() != null) {
            action.setPortRedirect(written.port());
        } else if (written.derivePort() == HttpRoute.DerivePort.FROM_REQUEST_PORT) {
            action.setPortRedirect(requestPort);
        }
    }

    private static RedirectAction.RedirectResponseCode code(int status) {
        return switch (status) {
            case 302 -> RedirectAction.RedirectResponseCode.FOUND;
            case 303 -> RedirectAction.RedirectResponseCode.SEE_OTHER;
            case 307 -> RedirectAction.RedirectResponseCode.TEMPORARY_REDIRECT;
            case 308 -> RedirectAction.RedirectResponseCode.PERMANENT_REDIRECT;
            default -> RedirectAction.RedirectResponseCode.MOVED_PERMANENTLY;
        };
    }
}
