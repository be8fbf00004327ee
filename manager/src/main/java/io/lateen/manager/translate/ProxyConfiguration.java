package io.lateen.manager.translate;

import io.lateen.manager.snapshot.Finding;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that one proxy is to have in force. The maps are by resource name and in a fixed order.
 *
 * @param clusters CDS
 * @param endpoints EDS
 * @param listeners LDS
 * @param routes RDS
 * @param findings what the authors of the resources should know, without duplicates
 */
public record ProxyConfiguration(
        Map<String, XdsResource> clusters,
        Map<String, XdsResource> endpoints,
        Map<String, XdsResource> listeners,
        Map<String, XdsResource> routes,
        List<Finding> findings) {

    /** Copies the collections, keeping their order. */
    public ProxyConfiguration {
        clusters = Collections.unmodifiableMap(new LinkedHashMap<>(clusters));
        endpoints = Collections.unmodifiableMap(new LinkedHashMap<>(endpoints));
        listeners = Collections.unmodifiableMap(new LinkedHashMap<>(listeners));
        routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
        findings = List.copyOf(findings);
    }
}
