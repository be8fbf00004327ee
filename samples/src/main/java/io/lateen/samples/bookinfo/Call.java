package io.lateen.samples.bookinfo;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request, read.
 *
 * @param method such as {@code GET}
 * @param path without the query, such as {@code /reviews/0}
 * @param headers by their name in lower case
 * @param body of a form; empty for a request without one
 */
record Call(String method, String path, Map<String, List<String>> headers, String body) {

    Call {
        headers = Map.copyOf(headers);
    }

    boolean isGet() {
        return method.equals("GET") || method.equals("HEAD");
    }

    Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** What follows {@code prefix} in the path, if the path starts with it. */
    Optional<String> pathAfter(String prefix) {
        return path.startsWith(prefix)
                ? Optional.of(path.substring(prefix.length()))
                : Optional.empty();
    }
}
