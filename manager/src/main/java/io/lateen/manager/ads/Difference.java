package io.lateen.manager.ads;

import io.lateen.manager.translate.XdsResource;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What separates a client from its target in one type.
 *
 * @param changed resources that the client lacks, holds in another version, or asked for again
 * @param removed names that it holds, or asked for, and that do not exist
 */
record Difference(Map<String, XdsResource> changed, Set<String> removed) {

    Difference {
        changed = Collections.unmodifiableMap(new LinkedHashMap<>(changed));
        removed = Set.copyOf(removed);
    }

    boolean isEmpty() {
        return changed.isEmpty() && removed.isEmpty();
    }

    /** The names and versions of what changed: what a rejection is remembered by. */
    Map<String, String> versions() {
        Map<String, String> versions = HashMap.newHashMap(changed.size());
        changed.forEach((name, resource) -> versions.put(name, resource.version()));
        return versions;
    }
}
