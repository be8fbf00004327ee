package io.lateen.mixer.graph;

import io.lateen.access.Caller;
import io.lateen.access.Role;
import io.lateen.mixer.report.Resolution;
import io.lateen.model.document.DurationText;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /lateen/v1/graph}: to each caller the edges of the namespaces that it may see. An edge
 * that leaves them is drawn whole.
 */
@RestController
final class GraphController {
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final MediaType DOT =
            MediaType.parseMediaType("text/vnd.graphviz;charset=utf-8");

    private final GraphReader reader;

    GraphController(GraphReader reader) {
        this.reader = reader;
    }

    @GetMapping("/lateen/v1/graph")
    ResponseEntity<?> graph(
            HttpServletRequest request,
            @RequestParam(defaultValue = "5m") String window,
            @RequestParam(defaultValue = "") String namespace,
            @RequestParam(defaultValue = "json") String format) {
        Optional<Duration> length = DurationText.parse(window);
        if (length.isEmpty()
                || length.get().compareTo(SHORTEST) < 0
                || length.get().compareTo(Resolution.COARSE.longest()) > 0) {
            return refused("window: found " + window + ", expected 10s to 1h");
        }
        if (!format.equals("json") && !format.equals("dot")) {
            return refused("format: found " + format + ", expected json or dot");
        }
        Caller caller = Caller.of(request);
        Graph graph =
                reader.read(
                        length.get(),
                        window,
                        each ->
                                (namespace.isEmpty() || namespace.equals(each))
                                        && caller.may(Role.VIEWER, each));
        return format.equals("dot")
                ? ResponseEntity.ok().contentType(DOT).body(Dot.of(graph))
                : ResponseEntity.ok(graph);
    }

    private static ResponseEntity<Map<String, Object>> refused(String message) {
        return ResponseEntity.status(HttpStatus.BAD_REQUEST)
                .contentType(MediaType.APPLICATION_JSON)
                .body(
                        Map.of(
                                "kind", "Status",
                                "apiVersion", "v1",
                                "status", "Failure",
                                "reason", "BadRequest",
                                "message", message,
                                "code", 400));
    }
}
