package io.lateen.manager.api.http;

import io.lateen.manager.api.status.Refusal;
import io.lateen.manager.api.status.Status;
import io.lateen.manager.api.status.Subject;
import io.lateen.manager.store.StoreUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Answers every request that ends in an exception, of whichever handler, with a {@link Status}. */
public final class StatusErrors implements HandlerExceptionResolver, Ordered {
    private static final Logger log = LoggerFactory.getLogger(StatusErrors.class);

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Object handler,
            Exception failure) {
        if (response.isCommitted()) {
            log.debug("a stream broke off path={}", request.getRequestURI(), failure);
            return new ModelAndView();
        }
        Status status = status(request, failure);
        try {
            response.resetBuffer();
            response.setStatus(status.code());
            response.setContentType("application/json");
            if (status.code() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
                response.setHeader("Retry-After", "1");
            }
            response.getOutputStream().write(Json.bytes(status.json()));
        } catch (IOException e) {
            log.debug("the client did not wait for its answer", e);
        }
        return new ModelAndView();
    }

    private static Status status(HttpServletRequest request, Exception failure) {
        return switch (failure) {
            case Refusal refusal -> refusal.status();
            case StoreUnavailable away -> Refusal.unavailable(message(away)).status();
            case ErrorResponse spring -> {
                int code = spring.getStatusCode().value();
                yield code == 404
                        ? Refusal.noSuchPath(request.getRequestURI()).status()
                        : Status.failure(code, reason(code), message(failure), Subject.NONE);
            }
            default -> {
                log.error(
                        "a request failed method={} path={}",
                        request.getMethod(),
                        request.getRequestURI(),
                        failure);
                yield Status.failure(
                        500,
                        "InternalError",
                        "Internal error occurred; the manager's log says more",
                        Subject.NONE);
            }
        };
    }

    private static String reason(int code) {
        return switch (code) {
            case 405 -> "MethodNotAllowed";
            case 406 -> "NotAcceptable";
            case 413 -> "RequestEntityTooLarge";
            case 415 -> "UnsupportedMediaType";
            default -> code < 500 ? "BadRequest" : "InternalError";
        };
    }

    private static String message(Exception failure) {
        return String.valueOf(failure.getMessage());
    }
}
