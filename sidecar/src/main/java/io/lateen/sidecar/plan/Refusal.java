package io.lateen.sidecar.plan;

import java.io.Serial;

/**
 * Why a resource is not accepted: its field and the reason, in one sentence. Thrown and caught
 * within this package, while a resource is compiled; never on the request path.
 */
final class Refusal extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    Refusal(String field, String reason) {
        // No stack trace: it is an answer to the manager, not a defect.
        super(field + ": " + reason, null, false, false);
    }

    /** What the message of every {@code Exception} may be is never null here. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
