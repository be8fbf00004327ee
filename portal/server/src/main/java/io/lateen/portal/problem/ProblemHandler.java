package io.lateen.portal.problem;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns every end of a request that is not an answer into a {@link Problem}; no stack trace leaves.
 */
public final class ProblemHandler implements WebExceptionHandler, Ordered {
    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    private final JsonMapper mapper;

    ProblemHandler(JsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        return write(exchange, refusal(exchange, failure));
    }

    /** Answers with a refusal. */
    public Mono<Void> write(ServerWebExchange exchange, Refusal refusal) {
        ServerHttpResponse response = exchange.getResponse();
        String requestId = exchange.getAttributeOrDefault("io.lateen.portal.request-id", "");
        byte[] body = mapper.writeValueAsBytes(refusal.problem(requestId));
        response.setStatusCode(refusal.status());
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().setContentLength(body.length);
        String retry = refusal.params().get("retryAfterSeconds");
        if (retry != null) {
            response.getHeaders().set(HttpHeaders.RETRY_AFTER, retry);
        }
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private static Refusal refusal(ServerWebExchange exchange, Throwable failure) {
        return switch (failure) {
            case Refusal refusal -> refusal;
            case ErrorResponse response when response.getStatusCode().is4xxClientError() ->
                    ofClient(exchange, response.getStatusCode());
            case DataAccessException _, TransactionException _ -> {
                log.warn("the database does not answer path={}", path(exchange), failure);
                yield new Refusal(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "database.away",
                        Map.of(),
                        "the portal's database does not answer; try again");
            }
            default -> {
                log.error("a request failed path={}", path(exchange), failure);
                yield new Refusal(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "portal.failed",
                        Map.of(),
                        "the portal failed; its log says why, under the request's id");
            }
        };
    }

    private static Refusal ofClient(ServerWebExchange exchange, HttpStatusCode code) {
        HttpStatus status = HttpStatus.valueOf(code.value());
        return switch (status) {
            case NOT_FOUND -> Refusal.notFound("path", path(exchange));
            case METHOD_NOT_ALLOWED ->
                    new Refusal(
                            status,
                            "method.not-allowed",
                            Map.of("method", exchange.getRequest().getMethod().name()),
                            "the path does not take this method");
            default ->
                    new Refusal(
                            status,
                            "request.invalid",
                            Map.of(),
                            "the request is not what is expected here; the API's description says"
                                    + " what is");
        };
    }

    private static String path(ServerWebExchange exchange) {
        return exchange.getRequest().getPath().value();
    }

    /** Before Spring's own, which would answer in another shape. */
    @Override
    public int getOrder() {
        return -10;
    }
}
