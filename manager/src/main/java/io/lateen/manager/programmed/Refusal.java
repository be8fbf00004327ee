package io.lateen.manager.programmed;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** A request that cannot be answered, as Kubernetes' {@code Status} says it. */
final class Refusal {

    private Refusal() {}

    static ResponseEntity<Map<String, Object>> of(HttpStatus status, String message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("kind", "Status");
        body.put("apiVersion", "v1");
        body.put("metadata", Map.of());
        body.put("status", "Failure");
        body.put("message", message);
        body.put("reason", status == HttpStatus.NOT_FOUND ? "NotFound" : "BadRequest");
        body.put("code", status.value());
        return ResponseEntity.status(status).body(body);
    }
}
