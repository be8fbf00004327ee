package io.lateen.portal.problem;

import java.util.Map;

/**
 * A refusal or a failure (RFC 9457). The page translates {@code code} with {@code params}; {@code
 * title} is the same in English, for people at a terminal.
 *
 * @param type {@code about:blank}: the code says what it is
 * @param title a sentence that says what was expected and how to mend it
 * @param status the HTTP status
 * @param code what happened, stable: {@code session.none}
 * @param params what fills the translated sentence
 * @param requestId under which the audit and the backends' histories know the request
 */
public record Problem(
        String type,
        String title,
        int status,
        String code,
        Map<String, String> params,
        String requestId) {

    /** The media type. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Copies the parameters. */
    public Problem {
        params = Map.copyOf(params);
    }
}
