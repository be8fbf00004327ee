package io.lateen.manager.ads;

import io.lateen.manager.translate.XdsResource;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * A configuration to bring into force at one proxy.
 *
 * @param serial counts this manager's snapshots: of two pushes the one with the higher is newer
 * @param revision the store's revision that it brings into force
 * @param resources what the proxy shall hold, by type and name
 * @param since when the change that caused it was noticed: convergence is measured from here
 */
public record Push(
        long serial,
        long revision,
        Map<ResourceType, Map<String, XdsResource>> resources,
        Instant since) {

    public Push {
        Map<ResourceType, Map<String, XdsResource>> complete = new EnumMap<>(ResourceType.class);
        for (ResourceType type : ResourceType.values()) {
            // The maps are the translation's own, immutable and shared: not copied per proxy.
            complete.put(type, resources.getOrDefault(type, Map.of()));
        }
        resources = Map.copyOf(complete);
    }

    /** The resources of {@code type} by name. */
    public Map<String, XdsResource> of(ResourceType type) {
        return Objects.requireNonNull(resources.get(type));
    }

    /** The same, noticed at another time. */
    Push noticedAt(Instant time) {
        return new Push(serial, revision, resources, time);
    }

    /** Whether {@code other} differs in nothing but who answers behind the clusters. */
    boolean sameApartFromEndpoints(Push other) {
        for (ResourceType type : ResourceType.values()) {
            if (type != ResourceType.ENDPOINT && !sameVersions(of(type), other.of(type))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameVersions(
            Map<String, XdsResource> these, Map<String, XdsResource> those) {
        if (these.size() != those.size()) {
            return false;
        }
        for (XdsResource resource : these.values()) {
            XdsResource other = those.get(resource.name());
            if (other == null || !other.version().equals(resource.version())) {
                return false;
            }
        }
        return true;
    }
}
