package io.lateen.manager.ads;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far one proxy is.
 *
 * @param types by type; complete
 * @param targetRevision the revision that it is on its way to
 * @param inForceRevision the newest revision that is in force there; 0 for none
 * @param inForceAt since when; null for never
 */
public record ProxyProgress(
        Map<ResourceType, TypeProgress> types,
        long targetRevision,
        long inForceRevision,
        @Nullable Instant inForceAt) {

    /** Nothing yet. */
    static final ProxyProgress NONE = new ProxyProgress(Map.of(), 0, 0, null);

    public ProxyProgress {
        Map<ResourceType, TypeProgress> complete = new EnumMap<>(ResourceType.class);
        for (ResourceType type : ResourceType.values()) {
            complete.put(type, types.getOrDefault(type, TypeProgress.NOTHING));
        }
        types = Map.copyOf(complete);
    }

    /** How far {@code type} is. */
    public TypeProgress of(ResourceType type) {
        return Objects.requireNonNull(types.get(type));
    }
}
