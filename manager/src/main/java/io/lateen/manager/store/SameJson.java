package io.lateen.manager.store;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether two documents say the same: numbers are compared by value, 1e2 is 100. */
final class SameJson {
    private SameJson() {}

    static boolean same(@Nullable JsonNode one, @Nullable JsonNode other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.equals(SameJson::compare, other);
    }

    private static int compare(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }
}
