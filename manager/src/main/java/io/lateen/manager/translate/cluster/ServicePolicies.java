package io.lateen.manager.translate.cluster;

import io.lateen.manager.snapshot.DestinationPolicy;
import io.lateen.manager.snapshot.NamespaceView;
import io.lateen.model.naming.Hostname;
import io.lateen.model.service.Service;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * By which DestinationRules one kind of client calls the services that it sees. Looked up once per
 * service, for the clusters and the routes alike.
 */
public final class ServicePolicies {

    private final Map<Hostname, DestinationPolicy> policies;

    private ServicePolicies(Map<Hostname, DestinationPolicy> policies) {
        this.policies = policies;
    }

    /** The policies for clients of a namespace with these labels. */
    public static ServicePolicies of(NamespaceView view, Map<String, String> clientLabels) {
        Map<Hostname, DestinationPolicy> policies = new LinkedHashMap<>();
        for (Service service : view.services()) {
            view.policy(service, clientLabels)
                    .ifPresent(policy -> policies.put(service.hostname(), policy));
        }
        return new ServicePolicies(policies);
    }

    /** The rule for a service. */
    public Optional<DestinationPolicy> of(Service service) {
        return Optional.ofNullable(policies.get(service.hostname()));
    }

    /** The names of a service's subsets. */
    public Collection<String> subsets(Service service) {
        return of(service).map(policy -> policy.subsets().keySet()).orElse(Set.of());
    }

    /**
     * What is left for one port of a service or subset.
     *
     * @param subset its name, or empty for the service itself
     */
    public PortTraffic traffic(Service service, int port, String subset) {
        Optional<DestinationPolicy> policy = of(service);
        if (policy.isEmpty()) {
            return PortTraffic.DEFAULT;
        }
        PortTraffic host = PortTraffic.of(policy.get().trafficPolicy(), port);
        return policy.get()
                .subset(subset)
                .map(found -> host.overriddenBy(found.value().trafficPolicy(), port))
                .orElse(host);
    }
}
