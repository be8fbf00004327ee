package io.lateen.manager.translate.route;

import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.NamespaceView;
import io.lateen.manager.snapshot.RoutingRule;
import io.lateen.manager.translate.cluster.PortTraffic;
import io.lateen.manager.translate.cluster.ServicePolicies;
import io.lateen.model.naming.ClusterName;
import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.Destination;
import io.lateen.model.resource.HttpRoute;
import io.lateen.model.service.Service;
import io.lateen.model.service.ServicePort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What destinations mean to one kind of client. */
public final class Targets {

    private final NamespaceView view;
    private final ServicePolicies policies;

    /** The targets of clients that see this view and call by these policies. */
    public Targets(NamespaceView view, ServicePolicies policies) {
        this.view = view;
        this.policies = policies;
    }

    /**
     * The target of a destination.
     *
     * @param ruleNamespace the namespace of the rule: short names are relative to it
     * @param calledPort the port that was called; stands where the destination names none, unless
     *     the service has only one
     */
    public Target of(Destination destination, String ruleNamespace, int calledPort) {
        Hostname host = destination.host().resolve(ruleNamespace, MeshSnapshot.DOMAIN);
        Optional<Service> service = view.service(host);
        String subset = destination.subset() == null ? "" : destination.subset();
        int port = port(destination, service, calledPort);
        ClusterName cluster = ClusterName.outbound(port, subset, host);
        if (service.isEmpty()) {
            return new Target(cluster, Target.State.UNKNOWN_HOST, null);
        }
        return new Target(
                cluster,
                state(service.get(), port, subset),
                policies.traffic(service.get(), port, subset).consistentHash());
    }

    /** The target of a service itself. */
    public Target of(Service service, int port) {
        return new Target(
                ClusterName.outbound(port, service.hostname()),
                Target.State.KNOWN,
                policies.traffic(service, port, "").consistentHash());
    }

    /** The traffic policy towards a target. */
    public PortTraffic traffic(Target target) {
        Hostname host = target.cluster().host();
        return Optional.ofNullable(host)
                .flatMap(view::service)
                .map(
                        service ->
                                policies.traffic(
                                        service,
                                        target.cluster().port(),
                                        target.cluster().subset()))
                .orElse(PortTraffic.DEFAULT);
    }

    /** The targets of all destinations of a rule's HTTP routes. */
    Map<Destination, Target> ofHttp(RoutingRule rule, int calledPort) {
        Map<Destination, Target> targets = new HashMap<>();
        for (HttpRoute route : rule.spec().http()) {
            Stream.concat(
                            route.route().stream().map(share -> share.destination()),
                            route.copies().stream().map(copy -> copy.destination()))
                    .forEach(
                            destination ->
                                    targets.computeIfAbsent(
                                            destination,
                                            key -> of(key, rule.namespace(), calledPort)));
        }
        return targets;
    }

    private static int port(Destination destination, Optional<Service> service, int calledPort) {
        Integer written = destination.portNumber();
        if (written != null) {
            return written;
        }
        List<ServicePort> ports = service.map(Service::ports).orElse(List.of());
        return ports.size() == 1 ? ports.getFirst().number() : calledPort;
    }

    private Target.State state(Service service, int port, String subset) {
        if (service.ports().stream().noneMatch(candidate -> candidate.number() == port)) {
            return Target.State.UNKNOWN_PORT;
        }
        return subset.isEmpty() || policies.subsets(service).contains(subset)
                ? Target.State.KNOWN
                : Target.State.UNKNOWN_SUBSET;
    }
}
