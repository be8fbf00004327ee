package io.lateen.portal.problem;

import java.util.Map;
import org.springframework.http.HttpStatus;

/** Ends a request with a {@link Problem}. No stack trace: it is an answer, not a failure. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;
    private final transient Map<String, String> params;

    /**
     * A refusal.
     *
     * @param code stable, for the page to translate
     * @param message the same in English
     */
    public Refusal(HttpStatus status, String code, Map<String, String> params, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.params = Map.copyOf(params);
    }

    /** 400: the request does not say what it has to. */
    public static Refusal badRequest(String code, Map<String, String> params, String message) {
        return new Refusal(HttpStatus.BAD_REQUEST, code, params, message);
    }

    /** 404: there is no such thing. */
    public static Refusal notFound(String what, String name) {
        return new Refusal(
                HttpStatus.NOT_FOUND,
                "not-found",
                Map.of("what", what, "name", name),
                "there is no " + what + " '" + name + "'");
    }

    /** The status to answer with. */
    public HttpStatus status() {
        return status;
    }

    /** The code. */
    public String code() {
        return code;
    }

    /** What fills the sentence. */
    public Map<String, String> params() {
        return params;
    }

    /** As the body of an answer. */
    public Problem problem(String requestId) {
        return new Problem(
                "about:blank",
                String.valueOf(getMessage()),
                status.value(),
                code,
                params,
                requestId);
    }
}
