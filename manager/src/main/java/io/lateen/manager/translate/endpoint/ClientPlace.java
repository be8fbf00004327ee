package io.lateen.manager.translate.endpoint;

import io.lateen.model.service.Locality;
import io.lateen.model.service.Workload;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a client is, as far as any rule asks.
 *
 * @param locality of its workload
 * @param labels of its workload: those by which some rule tells near from far
 */
public record ClientPlace(Locality locality, Map<String, String> labels) {

    /** Of a client whose place no rule asks for. */
    public static final ClientPlace ANYWHERE = new ClientPlace(Locality.UNKNOWN, Map.of());

    /** Copies the labels. */
    public ClientPlace {
        labels = Map.copyOf(labels);
    }

    /** Where a workload is, of its labels these. */
    public static ClientPlace of(Workload workload, Collection<String> keys) {
        Map<String, String> labels = new HashMap<>(labels(workload));
        labels.keySet().retainAll(keys);
        return new ClientPlace(workload.locality(), labels);
    }

    /** A workload's labels and those of its topology, under Kubernetes' and Istio's names. */
    static Map<String, String> labels(Workload workload) {
        Map<String, String> labels = new HashMap<>(workload.labels());
        put(labels, "topology.kubernetes.io/region", workload.locality().region());
        put(labels, "topology.kubernetes.io/zone", workload.locality().zone());
        put(labels, "topology.istio.io/subzone", workload.locality().subzone());
        put(labels, "topology.istio.io/cluster", workload.clusterId());
        return labels;
    }

    private static void put(Map<String, String> labels, String key, String value) {
        if (!value.isEmpty()) {
            labels.put(key, value);
        }
    }
}
