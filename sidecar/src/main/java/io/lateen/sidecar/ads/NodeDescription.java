package io.lateen.sidecar.ads;

import io.lateen.model.naming.NodeId;
import java.util.List;
import java.util.Map;

/**
 * What the manager is told about this sidecar when it connects ({@code docs/reference/xds.md}, "The
 * node").
 *
 * @param id on the wire
 * @param workload whose sidecar it is
 * @param served services that the workload serves: connecting registers it with each
 * @param captures whether traffic is captured by the system, else it is sent here by the
 *     application
 * @param startedMillis tells two incarnations of one node apart
 */
public record NodeDescription(
        NodeId id,
        Workload workload,
        List<ServedService> served,
        boolean captures,
        long startedMillis) {

    public NodeDescription {
        served = List.copyOf(served);
    }

    /**
     * A workload.
     *
     * @param instance this copy of the workload, {@code reviews-v1-127.0.1.3}
     * @param name the workload's name, {@code reviews-v1}
     * @param labels {@code app}, {@code version} and others
     */
    public record Workload(
            String instance,
            String name,
            Map<String, String> labels,
            String serviceAccount,
            String clusterId,
            String meshId,
            Locality locality) {

        public Workload {
            labels = Map.copyOf(labels);
        }
    }

    /** Where a workload runs; empty where not known. */
    public record Locality(String region, String zone, String subzone) {

        /** Nothing is known. */
        public static final Locality UNKNOWN = new Locality("", "", "");
    }

    /**
     * A service that the workload serves.
     *
     * @param service its name
     * @param namespace its namespace
     * @param port the service's port
     * @param protocol empty when it is to be sniffed
     * @param inboundPort the sidecar's own port for it
     * @param appAddress where the application listens
     * @param appPort where the application listens
     */
    public record ServedService(
            String service,
            String namespace,
            int port,
            String protocol,
            int inboundPort,
            String appAddress,
            int appPort) {}
}
