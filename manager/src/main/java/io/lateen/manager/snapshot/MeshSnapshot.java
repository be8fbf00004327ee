package io.lateen.manager.snapshot;

import io.lateen.model.resource.Gateway;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The mesh at one revision: resources, services, and the indexes over both. Immutable; equal input
 * gives equal answers in whatever order it was handed in.
 */
public final class MeshSnapshot {

    /** The domain that full names end in. */
    public static final String DOMAIN = "cluster.local";

    /** A mesh of nothing. */
    public static final MeshSnapshot EMPTY = new MeshSnapshot(0, Map.of(), ServiceCatalog.EMPTY);

    private final long revision;
    private final Map<ResourceKey, Resource> resources;
    private final ServiceCatalog services;
    private final List<Resource> oldestFirst;
    private final ServiceIndex serviceIndex;
    private final List<RoutingRule> routingRules;
    private final DestinationRuleIndex destinationRules;
    private final List<Resource> gateways;
    private final Set<String> clientLabelKeys;

    /**
     * Indexes the mesh.
     *
     * @param revision the store's revision that the resources were read at
     * @param resources every live resource
     * @param services what exists, from all registries
     */
    public MeshSnapshot(
            long revision, Map<ResourceKey, Resource> resources, ServiceCatalog services) {
        this.revision = revision;
        this.resources = Map.copyOf(resources);
        this.services = services;
        List<Resource> all =
                this.resources.values().stream().sorted(Precedence.OLDEST_RESOURCE_FIRST).toList();
        this.oldestFirst = all;
        this.serviceIndex = new ServiceIndex(services);
        this.routingRules = RoutingRule.all(all);
        this.destinationRules = DestinationRuleIndex.of(all);
        this.gateways =
                all.stream().filter(resource -> resource.spec() instanceof Gateway).toList();
        this.clientLabelKeys = ClientLabels.keys(all);
    }

    /** The store's revision that the resources were read at. */
    public long revision() {
        return revision;
    }

    /** Every live resource. */
    public Map<ResourceKey, Resource> resources() {
        return resources;
    }

    /** What exists, as the registries reported it. */
    public ServiceCatalog services() {
        return services;
    }

    /** What a namespace may see of the mesh. */
    public NamespaceView viewFrom(String namespace) {
        return NamespaceView.of(this, namespace);
    }

    /** The services and their endpoints. */
    public ServiceIndex serviceIndex() {
        return serviceIndex;
    }

    /** Every Gateway, the oldest first. */
    public List<Resource> gateways() {
        return gateways;
    }

    /** Label keys that any rule selects its clients by: what else a proxy carries is no input. */
    public Set<String> clientLabelKeys() {
        return clientLabelKeys;
    }

    /** Every resource, the oldest first. */
    public List<Resource> resourcesOldestFirst() {
        return oldestFirst;
    }

    /** Every VirtualService that has hosts, the oldest first. */
    public List<RoutingRule> routingRules() {
        return routingRules;
    }

    DestinationRuleIndex destinationRules() {
        return destinationRules;
    }
}
