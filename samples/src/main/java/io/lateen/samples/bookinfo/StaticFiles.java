package io.lateen.samples.bookinfo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The page's style sheet and picture, from the jar. A closed list: no path reaches the disk. */
final class StaticFiles {

    private static final Map<String, String> TYPES =
            Map.of(
                    "bookinfo.css", "text/css; charset=utf-8",
                    "lateen.svg", "image/svg+xml");

    Answer answer(String name) {
        String type = TYPES.get(name);
        if (type == null) {
            return Answer.json(404, Map.of("error", "no static file '%s'".formatted(name)));
        }
        return new Answer(
                200, Map.of("Content-Type", type, "Cache-Control", "max-age=300"), read(name));
    }

    private static String read(String name) {
        try (InputStream stream = StaticFiles.class.getResourceAsStream("static/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("static/" + name + " is missing from the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
