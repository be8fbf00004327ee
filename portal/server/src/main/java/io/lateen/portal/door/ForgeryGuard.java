package io.lateen.portal.door;

import io.lateen.portal.address.PublicAddress;
import io.lateen.portal.problem.ProblemHandler;
import io.lateen.portal.problem.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Two of the three layers against forged requests: what changes something comes from a page of
 * ours, as {@code Origin} and {@code Sec-Fetch-Site} say, and has a body of a type that a form of
 * another page cannot send. The third is Spring Security's token.
 */
final class ForgeryGuard implements WebFilter {
    private static final Set<HttpMethod> SAFE =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /** What a cross-origin form or a request without preflight can send. */
    private static final Set<String> OF_FORMS =
            Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");

    private final PublicAddress address;
    private final ProblemHandler problems;

    ForgeryGuard(PublicAddress address, ProblemHandler problems) {
        this.address = address;
        this.problems = problems;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        boolean report = request.getPath().value().equals(CspReportController.PATH);
        if (SAFE.contains(request.getMethod()) || report) {
            return chain.filter(exchange);
        }
        return forged(request)
                .map(refusal -> problems.write(exchange, refusal))
                .orElseGet(() -> chain.filter(exchange));
    }

    private Optional<Refusal> forged(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String origin = headers.getFirst(HttpHeaders.ORIGIN);
        String site = headers.getFirst("Sec-Fetch-Site");
        if (origin != null && !address.isOurs(origin, headers.getFirst(HttpHeaders.HOST))) {
            return Optional.of(
                    new Refusal(
                            HttpStatus.FORBIDDEN,
                            "forgery.origin",
                            Map.of("found", origin),
                            "the request comes from a page of '"
                                    + origin
                                    + "'; expected one of the portal's own"));
        }
        if (site != null && !site.equals("same-origin")) {
            return Optional.of(
                    new Refusal(
                            HttpStatus.FORBIDDEN,
                            "forgery.site",
                            Map.of("found", site),
                            "the browser says that the request is " + site));
        }
        if (!hasSafeBody(headers)) {
            return Optional.of(
                    new Refusal(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            "forgery.type",
                            Map.of(),
                            "the body's type is one that a form of another page can send; expected"
                                    + " application/json"));
        }
        return Optional.empty();
    }

    /** No body at all is safe: what it does is guarded by the token and the origin. */
    private static boolean hasSafeBody(HttpHeaders headers) {
        try {
            MediaType type = headers.getContentType();
            boolean empty =
                    headers.getContentLength() <= 0
                            && headers.getFirst(HttpHeaders.TRANSFER_ENCODING) == null;
            return type == null
                    ? empty
                    : !OF_FORMS.contains(type.getType() + "/" + type.getSubtype());
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
