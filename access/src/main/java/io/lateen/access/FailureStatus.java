package io.lateen.access;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Refuses a request as Kubernetes does: meta/v1 {@code Status}. */
public final class FailureStatus {
    private FailureStatus() {}

    /** 401. */
    static void unauthorized(HttpServletResponse response, String message) throws IOException {
        response.setHeader("WWW-Authenticate", "Bearer");
        write(response, HttpServletResponse.SC_UNAUTHORIZED, "Unauthorized", message);
    }

    /** 403, with what {@link Caller#denial} says. */
    public static void forbidden(HttpServletResponse response, String message) throws IOException {
        write(response, HttpServletResponse.SC_FORBIDDEN, "Forbidden", message);
    }

    private static void write(HttpServletResponse response, int code, String reason, String message)
            throws IOException {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", message);
        status.put("reason", reason).put("code", code);
        response.setStatus(code);
        response.setContentType("application/json");
        response.getOutputStream().write(status.toString().getBytes(StandardCharsets.UTF_8));
    }
}
