package io.lateen.authca.api;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** A refusal in the shape that all of the mesh's REST has: Kubernetes' {@code Status}. */
final class Refusal {

    private Refusal() {}

    static ResponseEntity<Map<String, Object>> of(HttpStatus code, String reason, String message) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("kind", "Status");
        status.put("apiVersion", "v1");
        status.put("metadata", Map.of());
        status.put("status", "Failure");
        status.put("message", message);
        status.put("reason", reason);
        status.put("code", code.value());
        return ResponseEntity.status(code).body(status);
    }
}
