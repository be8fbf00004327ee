package io.lateen.manager.translate.route;

import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.lateen.model.resource.HttpRoute;

/** The client is told to ask elsewhere. */
final class Redirects {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

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
        Integer explicit = written.port();
        int port = 0;
        if (explicit != null) {
            port = explicit;
        } else if (written.derivePort() == HttpRoute.DerivePort.FROM_REQUEST_PORT) {
            port = requestPort;
        }
        String scheme = written.scheme() == null ? "http" : written.scheme();
        boolean usual =
                (port == HTTP_PORT && scheme.equals("http"))
                        || (port == HTTPS_PORT && scheme.equals("https"));
        if (port != 0 && !usual) {
            action.setPortRedirect(port);
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
