package io.lateen.samples.bookinfo;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of a call to another service. */
sealed interface Reply {

    /** The service answered with a document. */
    record Answered(Map<String, @Nullable Object> document) implements Reply {}

    /** The service, or a sidecar in its place, answered with an error. */
    record Refused(int status, String why) implements Reply {}

    /** No answer came. */
    record Unreached(String why) implements Reply {}

    /** One line for a person, such as {@code 503: no healthy upstream}. */
    static String explain(Refused refused) {
        return refused.why().isEmpty()
                ? "status " + refused.status()
                : "status %d: %s".formatted(refused.status(), refused.why());
    }
}
