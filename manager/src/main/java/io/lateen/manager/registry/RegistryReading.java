package io.lateen.manager.registry;

import io.lateen.manager.snapshot.ServiceCatalog;
import java.util.List;

/**
 * What a registry says.
 *
 * @param catalog its services and endpoints: the last good ones, if it is stale
 * @param problems what is wrong with it, for the operator: why it is stale, what it left out; empty
 *     when all is well
 * @param stale whether the catalog may be out of date
 */
public record RegistryReading(ServiceCatalog catalog, List<String> problems, boolean stale) {

    public RegistryReading {
        problems = List.copyOf(problems);
    }

    /** A reading without fault. */
    public static RegistryReading fresh(ServiceCatalog catalog) {
        return new RegistryReading(catalog, List.of(), false);
    }
}
