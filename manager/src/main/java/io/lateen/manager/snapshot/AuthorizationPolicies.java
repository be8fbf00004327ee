package io.lateen.manager.snapshot;

import io.lateen.model.resource.AuthorizationPolicy;
import io.lateen.model.resource.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the AuthorizationPolicies that a workload is under: those of the root namespace, then those
 * of its own; in each the oldest first.
 */
final class AuthorizationPolicies {

    private final String rootNamespace;
    private final Map<String, List<Resource>> byNamespace;

    private AuthorizationPolicies(String rootNamespace, Map<String, List<Resource>> byNamespace) {
        this.rootNamespace = rootNamespace;
        this.byNamespace = byNamespace;
    }

    /** The policies among resources that come the oldest first. */
    static AuthorizationPolicies of(Collection<Resource> oldestFirst, String rootNamespace) {
        Map<String, List<Resource>> byNamespace = new HashMap<>();
        for (Resource resource : oldestFirst) {
            if (resource.spec() instanceof AuthorizationPolicy) {
                byNamespace
                        .computeIfAbsent(resource.metadata().namespace(), _ -> new ArrayList<>())
                        .add(resource);
            }
        }
        return new AuthorizationPolicies(rootNamespace, byNamespace);
    }

    /** The policies over the workloads of a namespace with these labels. */
    Authorization of(String namespace, Map<String, String> labels) {
        if (byNamespace.isEmpty()) {
            return Authorization.NONE;
        }
        List<Resource> deny = new ArrayList<>();
        List<Resource> allow = new ArrayList<>();
        List<String> places =
                namespace.equals(rootNamespace)
                        ? List.of(rootNamespace)
                        : List.of(rootNamespace, namespace);
        for (String place : places) {
            for (Resource resource : byNamespace.getOrDefault(place, List.of())) {
                AuthorizationPolicy policy = (AuthorizationPolicy) resource.spec();
                if (!isFor(policy, labels)) {
                    continue;
                }
                switch (policy.action()) {
                    case ALLOW -> allow.add(resource);
                    // CUSTOM is refused at the door. Of one that slipped in nobody can be asked, so
                    // what it is about is denied, as in Istio.
                    case DENY, CUSTOM -> deny.add(resource);
                    case AUDIT -> {}
                }
            }
        }
        return new Authorization(deny, allow);
    }

    /** One that is attached to something else is for no workload. */
    private static boolean isFor(AuthorizationPolicy policy, Map<String, String> labels) {
        return policy.targetRef() == null && policy.targetRefs().isEmpty() && policy.isFor(labels);
    }
}
