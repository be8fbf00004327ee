package io.lateen.manager.api.status;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Kubernetes' answer to a request that was not fulfilled (meta/v1 {@code Status}).
 *
 * @param reason the word that clients switch on
 * @param causes all of them at once; empty if there is just the message
 */
public record Status(int code, String reason, String message, Subject subject, List<Cause> causes) {

    public Status {
        causes = List.copyOf(causes);
    }

    /** A failure without single causes. */
    public static Status failure(int code, String reason, String message, Subject subject) {
        return new Status(code, reason, message, subject, List.of());
    }

    /** As clients read it. */
    public ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", "Status").put("apiVersion", "v1");
        node.putObject("metadata");
        node.put("status", "Failure").put("message", message).put("reason", reason);
        if (!subject.equals(Subject.NONE) || !causes.isEmpty()) {
            ObjectNode details = node.putObject("details");
            put(details, "name", subject.name());
            put(details, "group", subject.group());
            put(details, "kind", subject.plural());
            if (!causes.isEmpty()) {
                ArrayNode list = details.putArray("causes");
                causes.forEach(cause -> list.add(json(cause)));
            }
            if (code == 503 || code == 504) {
                details.put("retryAfterSeconds", 1);
            }
        }
        node.put("code", code);
        return node;
    }

    private static ObjectNode json(Cause cause) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("reason", cause.reason()).put("message", cause.message());
        put(node, "field", cause.field());
        return node;
    }

    private static void put(ObjectNode node, String name, String value) {
        if (!value.isEmpty()) {
            node.put(name, value);
        }
    }
}
