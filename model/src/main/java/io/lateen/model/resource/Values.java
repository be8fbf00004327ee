package io.lateen.model.resource;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies for the constructors of records. */
final class Values {

    private Values() {}

    /** An unmodifiable copy in the same order, which {@link Map#copyOf} would lose. */
    static <V> Map<String, V> ordered(Map<String, V> map) {
        return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
