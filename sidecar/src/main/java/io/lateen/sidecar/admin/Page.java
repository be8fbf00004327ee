package io.lateen.sidecar.admin;

import java.util.Map;
import java.util.Optional;

/** What a path answers. */
@FunctionalInterface
public interface Page {

    /** Makes the answer. */
    Reply serve(Ask ask);

    /**
     * A request for a page.
     *
     * @param method {@code GET}, {@code POST}
     * @param parameters of the query
     * @param accept the Accept header, empty when there is none
     * @param authorization the Authorization header, empty when there is none
     */
    record Ask(String method, Map<String, String> parameters, String accept, String authorization) {

        public Ask {
            parameters = Map.copyOf(parameters);
        }

        /** One parameter of the query. */
        Optional<String> parameter(String name) {
            return Optional.ofNullable(parameters.get(name));
        }
    }

    /** An answer. */
    record Reply(int status, String contentType, String body) {

        /** Plain text with 200. */
        public static Reply text(String body) {
            return text(200, body);
        }

        /** Plain text. */
        public static Reply text(int status, String body) {
            return new Reply(status, "text/plain; charset=utf-8", body);
        }

        /** JSON with 200. */
        public static Reply json(String body) {
            return new Reply(200, "application/json", body);
        }
    }

    /** A page that changes something, and is asked for with POST alone. */
    static Page changing(Page page) {
        return ask ->
                ask.method().equals("POST")
                        ? page.serve(ask)
                        : Reply.text(405, "This changes something: ask with POST.\n");
    }
}
