package io.lateen.sidecar.ads;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The resources in force, as they were received: for the admin page, for the file on disk and for a
 * new stream's "I have these". Confined to the configuration thread; {@link #of} copies.
 */
public final class AcceptedResources {

    private final Map<ResourceType, Map<String, XdsResource>> byType =
            new EnumMap<>(ResourceType.class);

    /** Nothing is in force yet. */
    public AcceptedResources() {
        for (ResourceType type : ResourceType.values()) {
            byType.put(type, new TreeMap<>());
        }
    }

    /** Takes over what of {@code update} was not refused. */
    public void apply(ConfigurationUpdate update, List<Rejection> rejections) {
        Set<String> refused = new HashSet<>();
        rejections.forEach(rejection -> refused.add(rejection.resource()));
        Map<String, XdsResource> held = held(update.type());
        for (XdsResource resource : update.changed()) {
            if (!refused.contains(resource.name())) {
                held.put(resource.name(), resource);
            }
        }
        update.removed().forEach(held::remove);
    }

    /** Forgets resources that nobody needs any more. */
    public void retain(ResourceType type, Set<String> wanted) {
        held(type).keySet().retainAll(wanted);
    }

    /** Those of one type, in the order of their names. */
    public List<XdsResource> of(ResourceType type) {
        return List.copyOf(held(type).values());
    }

    /** Their versions by name. */
    public Map<String, String> versions(ResourceType type) {
        Map<String, String> versions = new TreeMap<>();
        held(type).forEach((name, resource) -> versions.put(name, resource.version()));
        return versions;
    }

    private Map<String, XdsResource> held(ResourceType type) {
        return Objects.requireNonNull(byType.get(type));
    }
}
