package io.lateen.manager.api.select;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One condition on a label; a selector holds when all of its requirements do. */
sealed interface Requirement {

    /** Whether labels fulfil it. */
    boolean holds(Map<String, String> labels);

    /** {@code key in (a, b)}, {@code key = a}. */
    record In(String key, Set<String> values) implements Requirement {
        @Override
        public boolean holds(Map<String, String> labels) {
            @Nullable String value = labels.get(key);
            return value != null && values.contains(value);
        }
    }

    /** {@code key notin (a, b)}, {@code key != a}: holds, too, when there is no such label. */
    record NotIn(String key, Set<String> values) implements Requirement {
        @Override
        public boolean holds(Map<String, String> labels) {
            @Nullable String value = labels.get(key);
            return value == null || !values.contains(value);
        }
    }

    /** {@code key}. */
    record Exists(String key) implements Requirement {
        @Override
        public boolean holds(Map<String, String> labels) {
            return labels.containsKey(key);
        }
    }

    /** {@code !key}. */
    record Absent(String key) implements Requirement {
        @Override
        public boolean holds(Map<String, String> labels) {
            return !labels.containsKey(key);
        }
    }
}
