package io.lateen.manager.translate.cluster;

import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.manager.translate.envoy.Metadatas;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.model.naming.ClusterName;
import io.lateen.model.naming.Hostname;
import io.lateen.model.service.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The clusters that follow from no service: the application, the original destination, nowhere. */
public final class StandingClusters {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private StandingClusters() {}

    /** Where traffic goes that no service of the mesh is the destination of. */
    public static Cluster passthrough() {
        Cluster.Builder cluster = originalDestination(ClusterName.PASSTHROUGH);
        HttpOptions.apply(cluster, null, null, Protocol.UNDECLARED);
        return cluster.build();
    }

    /** Where redirected traffic goes to a port that the workload did not name. */
    public static Cluster inboundPassthrough() {
        return originalDestination(ClusterName.INBOUND_PASSTHROUGH).build();
    }

    /** Where traffic ends. */
    public static Cluster blackHole() {
        return Cluster.newBuilder()
                .setName(ClusterName.BLACK_HOLE)
                .setType(Cluster.DiscoveryType.STATIC)
                .setConnectTimeout(Words.duration(CONNECT_TIMEOUT))
                .build();
    }

    /** The application beside the proxy. */
    public static Cluster inbound(ServedPort served) {
        String name = ClusterName.inbound(served.appPort()).toString();
        Cluster.Builder cluster =
                Cluster.newBuilder()
                        .setName(name)
                        .setType(Cluster.DiscoveryType.STATIC)
                        .setConnectTimeout(Words.duration(CONNECT_TIMEOUT))
                        .setCircuitBreakers(unlimited())
                        .setMetadata(metadata(served))
                        .setLoadAssignment(
                                ClusterLoadAssignment.newBuilder()
                                        .setClusterName(name)
                                        .addEndpoints(
                                                LocalityLbEndpoints.newBuilder()
                                                        .addLbEndpoints(
                                                                LbEndpoint.newBuilder()
                                                                        .setEndpoint(
                                                                                app(served)))));
        HttpOptions.apply(cluster, null, null, served.protocol());
        return cluster.build();
    }

    private static Metadata metadata(ServedPort served) {
        String host =
                Hostname.resolve(served.service(), served.namespace(), MeshSnapshot.DOMAIN).value();
        return Metadata.newBuilder()
                .putFilterMetadata(
                        Metadatas.ISTIO,
                        Metadatas.struct(
                                Map.of(
                                        "services",
                                        Metadatas.list(
                                                List.of(
                                                        Metadatas.texts(
                                                                Map.of(
                                                                        "host",
                                                                        host,
                                                                        "name",
                                                                        served.service(),
                                                                        "namespace",
                                                                        served.namespace())))))))
                .build();
    }

    private static Endpoint app(ServedPort served) {
        return Endpoint.newBuilder()
                .setAddress(Words.address(served.appAddress(), served.appPort()))
                .build();
    }

    private static Cluster.Builder originalDestination(String name) {
        return Cluster.newBuilder()
                .setName(name)
                .setType(Cluster.DiscoveryType.ORIGINAL_DST)
                .setLbPolicy(Cluster.LbPolicy.CLUSTER_PROVIDED)
                .setConnectTimeout(Words.duration(CONNECT_TIMEOUT))
                .setCircuitBreakers(unlimited());
    }

    private static CircuitBreakers unlimited() {
        return CircuitBreakers.newBuilder()
                .addThresholds(
                        CircuitBreakers.Thresholds.newBuilder()
                                .setMaxConnections(Words.UNLIMITED)
                                .setMaxPendingRequests(Words.UNLIMITED)
                                .setMaxRequests(Words.UNLIMITED)
                                .setMaxRetries(Words.UNLIMITED)
                                .setTrackRemaining(true))
                .build();
    }
}
