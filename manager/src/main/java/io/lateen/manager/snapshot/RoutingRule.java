package io.lateen.manager.snapshot;

import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.ResourceKey;
import io.lateen.model.resource.VirtualService;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A VirtualService with its hosts in full.
 *
 * @param resource the resource
 * @param spec its spec
 * @param hosts its hosts, none of them short, in the order written
 */
public record RoutingRule(Resource resource, VirtualService spec, List<Hostname> hosts) {

    /** Copies the list. */
    public RoutingRule {
        hosts = List.copyOf(hosts);
    }

    /**
     * Every VirtualService that has hosts, the oldest first; one without is there to be delegated
     * to.
     */
    static List<RoutingRule> all(Collection<Resource> resources) {
        return resources.stream()
                .filter(resource -> resource.spec() instanceof VirtualService)
                .sorted(Precedence.OLDEST_RESOURCE_FIRST)
                .map(resource -> of(resource, (VirtualService) resource.spec()))
                .filter(rule -> !rule.hosts().isEmpty())
                .toList();
    }

    private static RoutingRule of(Resource resource, VirtualService spec) {
        String namespace = resource.metadata().namespace();
        return new RoutingRule(
                resource,
                spec,
                spec.hosts().stream()
                        .map(host -> host.resolve(namespace, MeshSnapshot.DOMAIN))
                        .toList());
    }

    /** The namespace of the resource. */
    public String namespace() {
        return resource.metadata().namespace();
    }

    /** Whether it routes the traffic of sidecars. */
    public boolean isForSidecars() {
        return spec.appliesTo().stream().anyMatch(gateway -> gateway.isMesh());
    }

    /** Whether it routes the traffic of a Gateway. */
    public boolean isFor(ResourceKey gateway) {
        return spec.appliesTo().stream()
                .anyMatch(
                        reference ->
                                !reference.isMesh()
                                        && reference.resolve(namespace()).equals(gateway));
    }

    /** The most specific of its hosts that covers a service's name. */
    public Optional<Hostname> mostSpecificHostFor(Hostname service) {
        return hosts.stream().filter(service::subsetOf).min(Hostname.MOST_SPECIFIC_FIRST);
    }
}
