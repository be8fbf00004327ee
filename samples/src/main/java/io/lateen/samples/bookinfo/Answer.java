package io.lateen.samples.bookinfo;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a service answers.
 *
 * @param status the HTTP status
 * @param headers to send, beside those that every answer has
 * @param body text, sent as UTF-8
 */
record Answer(int status, Map<String, String> headers, String body) {

    Answer {
        headers = Map.copyOf(headers);
    }

    static Answer json(int status, Object document) {
        return new Answer(status, Map.of("Content-Type", "application/json"), Json.write(document));
    }

    static Answer html(int status, String page) {
        return new Answer(
                status,
                Map.of("Content-Type", "text/html; charset=utf-8", "Cache-Control", "no-store"),
                page);
    }

    static Answer redirect(String location) {
        return new Answer(302, Map.of("Location", location), "");
    }

    static Answer notFound(Call call) {
        return json(404, Map.of("error", "nothing is served at %s".formatted(call.path())));
    }

    static Answer methodNotAllowed(Call call, String allowed) {
        return json(
                        405,
                        Map.of(
                                "error",
                                "%s %s: expected %s"
                                        .formatted(call.method(), call.path(), allowed)))
                .with("Allow", allowed);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }
}
