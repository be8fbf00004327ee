package io.lateen.manager.translate;

import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.translate.endpoint.LoadAssignment;
import io.lateen.model.naming.ClusterName;
import io.lateen.model.service.Service;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The endpoints of the clusters of one snapshot. Clients of all namespaces share them: within one
 * snapshot they follow from the service and the subset's labels. Any thread.
 */
final class LoadAssignments {

    private final MeshSnapshot snapshot;
    private final TranslationMemory memory;
    private final ConcurrentHashMap<Group, XdsResource> made = new ConcurrentHashMap<>();

    private record Group(ClusterName cluster, String namespace, Map<String, String> labels) {}

    LoadAssignments(MeshSnapshot snapshot, TranslationMemory memory) {
        this.snapshot = snapshot;
        this.memory = memory;
    }

    /** The endpoints of a service's port that carry all the labels. */
    List<LoadAssignment.Member> select(Service service, int port, Map<String, String> labels) {
        return snapshot.serviceIndex().endpoints(service, port).stream()
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
    XdsResource of(ClusterName cluster, Service service, Map<String, String> labels) {
        return made.computeIfAbsent(
                new Group(cluster, service.namespace(), labels),
                group ->
                        memory.endpoints(
                                new LoadAssignment(
                                        cluster, select(service, cluster.port(), labels))));
    }
}
