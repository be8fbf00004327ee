package io.lateen.manager.translate.security;

import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.model.resource.PeerAuthentication;
import io.lateen.model.resource.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the authors of PeerAuthentications should know: policies that have no effect. */
public final class SecurityFindings {

    private SecurityFindings() {}

    /** The findings on every PeerAuthentication of the mesh. */
    public static List<Finding> of(MeshSnapshot snapshot) {
        List<Finding> findings = new ArrayList<>();
        Map<String, Resource> oldest = new HashMap<>();
        for (Resource resource : snapshot.resourcesOldestFirst()) {
            if (!(resource.spec() instanceof PeerAuthentication policy)) {
                continue;
            }
            String namespace = resource.metadata().namespace();
            if (policy.isForWorkloads()) {
                if (namespace.equals(snapshot.rootNamespace())) {
                    findings.add(
                            new Finding(
                                    resource.key(),
                                    "spec.selector",
                                    "found labels in the root namespace %s, where a policy is for the whole mesh: it has no effect; remove the selector, or move the policy to the namespace of the workloads"
                                            .formatted(namespace)));
                }
                continue;
            }
            Resource first = oldest.putIfAbsent(namespace, resource);
            if (first != null) {
                findings.add(
                        new Finding(
                                resource.key(),
                                "spec",
                                "found an older policy for the whole of namespace %s, %s, which holds: this one has no effect; remove one of the two"
                                        .formatted(namespace, first.metadata().name())));
            }
        }
        return List.copyOf(findings);
    }
}
