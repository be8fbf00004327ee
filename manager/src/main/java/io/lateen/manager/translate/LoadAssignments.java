package io.lateen.manager.translate;

import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.translate.endpoint.LoadAssignment;
import io.lateen.manager.translate.endpoint.Nearness;
import io.lateen.model.naming.ClusterName;
import io.lateen.model.service.Health;
import io.lateen.model.service.Service;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of the clusters of one snapshot. Clients of all namespaces share them: within one
 * snapshot they follow from the service, the subset's labels and, where localities count, the
 * client's place. Any thread.
 */
final class LoadAssignments {

    private final MeshSnapshot snapshot;
    private final TranslationMemory memory;
    private final ConcurrentHashMap<Group, XdsResource> made = new ConcurrentHashMap<>();

    private record Group(ClusterName cluster, String namespace, Selection selection) {}

    /**
     * Which of a port's endpoints, and how they are arranged.
     *
     * @param labels that all of them carry
     * @param readyAlone whether those are left out that are not well
     * @param nearness how the client tells near ones from far ones; null where all are alike
     */
    record Selection(Map<String, String> labels, boolean readyAlone, @Nullable Nearness nearness) {}

    LoadAssignments(MeshSnapshot snapshot, TranslationMemory memory) {
        this.snapshot = snapshot;
        this.memory = memory;
    }

    /** The endpoints of a service's port that are selected. */
    List<LoadAssignment.Member> select(Service service, int port, Selection selection) {
        Map<String, String> labels = selection.labels();
        return snapshot.serviceIndex().endpoints(service, port).stream()
                .filter(endpoint -> !selection.readyAlone() || endpoint.health() == Health.HEALTHY)
                .filter(
                        endpoint ->
                                endpoint.workload()
                                        .labels()
                                        .entrySet()
                                        .containsAll(labels.entrySet()))
                .map(
                        endpoint ->
                                new LoadAssignment.Member(
                                        endpoint, snapshot.speaksMutualTls(endpoint)))
                .toList();
    }

    /** The resource of a cluster over those endpoints. */
    XdsResource of(ClusterName cluster, Service service, Selection selection) {
        return made.computeIfAbsent(
                new Group(cluster, service.namespace(), selection),
                group ->
                        memory.endpoints(
                                new LoadAssignment(
                                        cluster,
                                        select(service, cluster.port(), selection),
                                        selection.nearness())));
    }
}
