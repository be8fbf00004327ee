package io.lateen.manager.snapshot;

import io.lateen.model.resource.PeerAuthentication;
import io.lateen.model.resource.PeerAuthentication.Mode;
import io.lateen.model.resource.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what a workload asks of its callers: its own policy before its namespace's before the
 * mesh's; in each place the oldest. One that selects workloads in the root namespace has no effect,
 * as in Istio.
 */
final class PeerAuthentications {

    /** The policies of one place. */
    private record Place(List<PeerAuthentication> whole, List<PeerAuthentication> selecting) {

        static final Place NONE = new Place(List.of(), List.of());

        Place() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        Mode mode() {
            return whole.isEmpty() ? Mode.UNSET : whole.getFirst().mode();
        }
    }

    private final String rootNamespace;
    private final Map<String, Place> byNamespace;

    private PeerAuthentications(String rootNamespace, Map<String, Place> byNamespace) {
        this.rootNamespace = rootNamespace;
        this.byNamespace = byNamespace;
    }

    /** The policies among resources that come the oldest first. */
    static PeerAuthentications of(Collection<Resource> oldestFirst, String rootNamespace) {
        Map<String, Place> byNamespace = new HashMap<>();
        for (Resource resource : oldestFirst) {
            if (resource.spec() instanceof PeerAuthentication policy) {
                Place place =
                        byNamespace.computeIfAbsent(
                                resource.metadata().namespace(), _ -> new Place());
                (policy.isForWorkloads() ? place.selecting() : place.whole()).add(policy);
            }
        }
        return new PeerAuthentications(rootNamespace, byNamespace);
    }

    /** What the workloads of a namespace with these labels ask. */
    PeerPolicy of(String namespace, Map<String, String> labels) {
        Place own = byNamespace.getOrDefault(namespace, Place.NONE);
        Mode mesh = byNamespace.getOrDefault(rootNamespace, Place.NONE).mode();
        Mode inherited = own.mode().or(mesh).or(PeerPolicy.DEFAULT.mode());
        if (namespace.equals(rootNamespace)) {
            return new PeerPolicy(inherited, Map.of());
        }
        for (PeerAuthentication policy : own.selecting()) {
            if (policy.selector() != null && policy.selector().selects(labels)) {
                return ofWorkload(policy, inherited);
            }
        }
        return new PeerPolicy(inherited, Map.of());
    }

    private static PeerPolicy ofWorkload(PeerAuthentication policy, Mode inherited) {
        Mode mode = policy.mode().or(inherited);
        Map<Integer, Mode> ports = new HashMap<>();
        policy.portLevelMtls()
                .forEach((port, mtls) -> ports.put(Integer.parseInt(port), mtls.mode().or(mode)));
        return new PeerPolicy(mode, ports);
    }
}
