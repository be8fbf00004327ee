package io.lateen.manager.translate;

import io.lateen.manager.snapshot.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Gathers the resources of one configuration; of two with one name the first stays. One thread. */
final class ConfigurationBuilder {

    private final Map<String, XdsResource> clusters = new LinkedHashMap<>();
    private final Map<String, XdsResource> endpoints = new LinkedHashMap<>();
    private final Map<String, XdsResource> listeners = new LinkedHashMap<>();
    private final Map<String, XdsResource> routes = new LinkedHashMap<>();
    private final Set<Finding> findings = new LinkedHashSet<>();

    void cluster(XdsResource resource) {
        clusters.putIfAbsent(resource.name(), resource);
    }

    void endpoints(XdsResource resource) {
        endpoints.putIfAbsent(resource.name(), resource);
    }

    void listener(XdsResource resource) {
        listeners.putIfAbsent(resource.name(), resource);
    }

    void route(XdsResource resource) {
        routes.putIfAbsent(resource.name(), resource);
    }

    void findings(Collection<Finding> found) {
        findings.addAll(found);
    }

    /** Everything of another configuration. */
    void all(ProxyConfiguration shared) {
        clusters.putAll(shared.clusters());
        endpoints.putAll(shared.endpoints());
        listeners.putAll(shared.listeners());
        routes.putAll(shared.routes());
        findings.addAll(shared.findings());
    }

    ProxyConfiguration build() {
        return new ProxyConfiguration(
                clusters, endpoints, listeners, routes, new ArrayList<>(findings));
    }
}
