package io.lateen.sidecar.ads;

import java.util.List;

/**
 * What one response of the manager changes.
 *
 * @param revision the store's revision that it brings; 0 when the manager does not say
 * @param changed new resources and new versions
 * @param removed names of resources that are gone, or that do not exist though they were asked for
 */
public record ConfigurationUpdate(
        ResourceType type, long revision, List<XdsResource> changed, List<String> removed) {

    public ConfigurationUpdate {
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
    }
}
