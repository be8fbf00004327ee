package io.lateen.manager.translate;

import io.lateen.manager.snapshot.ServiceIndex;
import io.lateen.manager.translate.endpoint.LoadAssignment;
import io.lateen.model.naming.ClusterName;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Service;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The endpoints of the clusters of one snapshot. Clients of all namespaces share them: within one
 * snapshot they follow from the service and the subset's labels. Any thread.
 */
final class LoadAssignments {

    private final ServiceIndex services;
    private final TranslationMemory memory;
    private final ConcurrentHashMap<Group, XdsResource> made = new ConcurrentHashMap<>();

    private record Group(ClusterName cluster, String namespace, Map<String, String> labels) {}

    LoadAssignments(ServiceIndex services, TranslationMemory memory) {
        this.services = services;
        this.memory = memory;
    }

    /** The endpoints of a service's port that carry all the labels. */
    List<Endpoint> select(Service service, int port, Map<String, String> labels) {
        List<Endpoint> all = services.endpoints(service, port);
        if (labels.isEmpty()) {
            return all;
        }
        return all.stream()
                .filter(
                        endpoint ->
                                endpoint.workload()
                                        .labels()
                                        .entrySet()
                                        .containsAll(labels.entrySet()))
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
