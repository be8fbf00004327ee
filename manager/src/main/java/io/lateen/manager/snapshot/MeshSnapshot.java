package io.lateen.manager.snapshot;

import io.lateen.model.resource.Gateway;
import io.lateen.model.resource.PeerAuthentication.Mode;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.ResourceKey;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Workload;
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

    /** Where policies for the whole mesh live unless it is told otherwise. */
    public static final String ROOT_NAMESPACE = "istio-system";

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
    private final LocalityRules localityRules;
    private final PeerAuthentications peerAuthentications;
    private final AuthorizationPolicies authorizationPolicies;
    private final String rootNamespace;

    /** Indexes a mesh whose root namespace is {@link #ROOT_NAMESPACE}. */
    public MeshSnapshot(
            long revision, Map<ResourceKey, Resource> resources, ServiceCatalog services) {
        this(revision, resources, services, ROOT_NAMESPACE);
    }

    /**
     * Indexes the mesh.
     *
     * @param revision the store's revision that the resources were read at
     * @param resources every live resource
     * @param services what exists, from all registries
     * @param rootNamespace where policies for the whole mesh live
     */
    public MeshSnapshot(
            long revision,
            Map<ResourceKey, Resource> resources,
            ServiceCatalog services,
            String rootNamespace) {
        this.revision = revision;
        this.resources = Map.copyOf(resources);
        this.services = services;
        List<Resource> all =
                this.resources.values().stream().sorted(Precedence.OLDEST_RESOURCE_FIRST).toList();
        this.oldestFirst = all;
        this.serviceIndex = new ServiceIndex(services);
        this.routingRules = RoutingRule.all(all);
        this.destinationRules = DestinationRuleIndex.of(all, rootNamespace);
        this.gateways =
                all.stream().filter(resource -> resource.spec() instanceof Gateway).toList();
        this.clientLabelKeys = ClientLabels.keys(all);
        this.localityRules = LocalityRules.of(all);
        this.peerAuthentications = PeerAuthentications.of(all, rootNamespace);
        this.authorizationPolicies = AuthorizationPolicies.of(all, rootNamespace);
        this.rootNamespace = rootNamespace;
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

    /** Whether any rule asks where its clients are. */
    public LocalityRules localityRules() {
        return localityRules;
    }

    /** Every resource, the oldest first. */
    public List<Resource> resourcesOldestFirst() {
        return oldestFirst;
    }

    /** Every VirtualService that has hosts, the oldest first. */
    public List<RoutingRule> routingRules() {
        return routingRules;
    }

    /** Where policies for the whole mesh live. */
    public String rootNamespace() {
        return rootNamespace;
    }

    /** What a workload asks of its callers. */
    public PeerPolicy peerPolicy(Workload workload) {
        return peerAuthentications.of(workload.namespace(), workload.labels());
    }

    /**
     * Whether an endpoint is to be called with certificates: its sidecar has one, and no policy
     * tells it to show none.
     */
    public boolean speaksMutualTls(Endpoint endpoint) {
        return endpoint.workload().speaksMutualTls()
                && peerPolicy(endpoint.workload()).at(endpoint.workloadPort()) != Mode.DISABLE;
    }

    /** The AuthorizationPolicies that a workload is under. */
    public Authorization authorization(Workload workload) {
        return authorizationPolicies.of(workload.namespace(), workload.labels());
    }

    DestinationRuleIndex destinationRules() {
        return destinationRules;
    }
}
