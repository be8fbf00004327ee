package io.lateen.sidecar.filter.cors;

import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.LocalReply;
import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.exchange.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A route's cross-origin policy, as a browser asks for it (Fetch standard, "CORS protocol").
 *
 * <p>A preflight from an allowed origin is answered here; one from any other origin goes on to the
 * application, which may have a policy of its own (Envoy's and Istio's default).
 */
public final class Cors implements RequestFilter {

    private static final HeaderName ALLOW_ORIGIN = HeaderName.of("access-control-allow-origin");
    private static final HeaderName ALLOW_CREDENTIALS =
            HeaderName.of("access-control-allow-credentials");
    private static final HeaderName ALLOW_METHODS = HeaderName.of("access-control-allow-methods");
    private static final HeaderName ALLOW_HEADERS = HeaderName.of("access-control-allow-headers");
    private static final HeaderName EXPOSE_HEADERS = HeaderName.of("access-control-expose-headers");
    private static final HeaderName MAX_AGE = HeaderName.of("access-control-max-age");

    private final Terms terms;

    public Cors(Terms terms) {
        this.terms = terms;
    }

    /**
     * What the policy says; an empty text leaves its header out.
     *
     * @param origin which origins are allowed
     * @param credentials whether cookies and the like may be sent along
     * @param methods allowed methods, with commas between
     * @param headers allowed request headers, with commas between
     * @param expose response headers that a page may read, with commas between
     * @param maxAgeSeconds for how long a browser may remember the answer; empty for its own choice
     * @param forwardOtherPreflights whether a preflight of another origin goes on to the
     *     application; else it is answered without permission
     */
    public record Terms(
            Predicate<String> origin,
            boolean credentials,
            String methods,
            String headers,
            String expose,
            String maxAgeSeconds,
            boolean forwardOtherPreflights) {}

    @Override
    public Step apply(Exchange exchange) {
        RequestHead head = exchange.request();
        String origin = head.header(HeaderName.ORIGIN);
        if (origin == null
                || !head.method().equals("OPTIONS")
                || !head.has(HeaderName.ACCESS_CONTROL_REQUEST_METHOD)) {
            return Step.CONTINUE;
        }
        boolean allowed = terms.origin().test(origin);
        if (!allowed && terms.forwardOtherPreflights()) {
            return Step.CONTINUE;
        }
        // The headers of an allowed origin are added below, as to every response of the route.
        exchange.answer(new LocalReply(200, allowed ? preflightHeaders() : List.of(), new byte[0]));
        return Step.ENDED;
    }

    /** Marks a response of the route, whoever made it, when its request's origin is allowed. */
    public void mark(RequestHead request, ResponseHead response) {
        String origin = request.header(HeaderName.ORIGIN);
        if (origin == null || !terms.origin().test(origin)) {
            return;
        }
        response.set(ALLOW_ORIGIN, latin1(origin));
        if (terms.credentials()) {
            response.set(ALLOW_CREDENTIALS, latin1("true"));
        }
        if (!terms.expose().isEmpty()) {
            response.set(EXPOSE_HEADERS, latin1(terms.expose()));
        }
    }

    private List<LocalReply.Header> preflightHeaders() {
        List<LocalReply.Header> headers = new ArrayList<>();
        addUnlessEmpty(headers, ALLOW_METHODS, terms.methods());
        addUnlessEmpty(headers, ALLOW_HEADERS, terms.headers());
        addUnlessEmpty(headers, MAX_AGE, terms.maxAgeSeconds());
        return headers;
    }

    private static void addUnlessEmpty(
            List<LocalReply.Header> headers, HeaderName name, String value) {
        if (!value.isEmpty()) {
            headers.add(LocalReply.Header.of(name, value));
        }
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
