package io.lateen.sidecar.exchange;

/**
 * Which service a cluster stands for, as telemetry names it. One instance lives as long as its
 * cluster does not change, so identity may serve as a key.
 *
 * @param cluster the cluster's name, {@code outbound|9080|v1|reviews.default.svc.cluster.local}
 * @param serviceHost fully qualified; empty where the cluster stands for no service
 * @param serviceName short name
 * @param serviceNamespace its namespace
 * @param external outside the mesh: peer metadata is never sent there
 */
public record ClusterFacts(
        String cluster,
        String serviceHost,
        String serviceName,
        String serviceNamespace,
        boolean external) {

    /** Facts of a cluster that stands for no known service. */
    public static ClusterFacts unnamed(String cluster, boolean external) {
        return new ClusterFacts(cluster, "", "", "", external);
    }
}
