package io.lateen.manager.translate.cluster;

import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.lateen.manager.translate.endpoint.LoadAssignment;
import io.lateen.manager.translate.endpoint.Nearness;
import io.lateen.manager.translate.envoy.Metadatas;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.manager.translate.security.ClientEncryption;
import io.lateen.model.naming.ClusterName;
import io.lateen.model.resource.LoadBalancer;
import io.lateen.model.resource.TrafficPolicy;
import io.lateen.model.service.Resolution;
import io.lateen.model.service.Service;
import io.lateen.model.service.ServicePort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that one outbound cluster follows from.
 *
 * @param service that is called
 * @param port of the service
 * @param subset of its workloads, or empty for all
 * @param traffic the policy that is left for this port and subset
 * @param encryption how its connections are encrypted
 * @param rulePath the path of the DestinationRule, null without one
 * @param lookedUp endpoints whose names the proxy looks up; none unless resolution is DNS
 * @param reader whose client reads it
 */
public record OutboundCluster(
        Service service,
        ServicePort port,
        String subset,
        PortTraffic traffic,
        ClientEncryption encryption,
        @Nullable String rulePath,
        LookedUp lookedUp,
        Reader reader) {

    private static final Duration DNS_REFRESH = Duration.ofSeconds(60);

    /** Whose client reads the cluster. */
    public enum Reader {
        /** A sidecar or router, ours or a stock Envoy. */
        PROXY,
        /** A gRPC client, which knows few balancers and no least-request by default. */
        GRPC
    }

    /**
     * Endpoints whose names the proxy looks up.
     *
     * @param members the endpoints
     * @param nearness how the client tells near ones from far ones; null where all are alike
     */
    public record LookedUp(List<LoadAssignment.Member> members, @Nullable Nearness nearness) {

        /** None. */
        public static final LookedUp NONE = new LookedUp(List.of(), null);

        /** Copies the list. */
        public LookedUp {
            members = List.copyOf(members);
        }
    }

    /** The cluster's name. */
    public ClusterName name() {
        return ClusterName.outbound(port.number(), subset, service.hostname());
    }

    /** Whether its endpoints come over EDS. */
    public boolean isByEds() {
        return service.resolution() == Resolution.STATIC && !isPassthrough() && isReachable();
    }

    /** The cluster. */
    public Cluster message() {
        Cluster.Builder cluster =
                Cluster.newBuilder().setName(name().toString()).setMetadata(metadata());
        discovery(cluster);
        Balancing.apply(cluster, traffic, reader, isPassthrough());
        Limits.apply(cluster, traffic, port.protocol(), reader);
        Ejection.apply(cluster, traffic.outlierDetection());
        if (reader == Reader.PROXY && isReachable()) {
            encryption.apply(cluster, port.protocol());
        }
        return cluster.build();
    }

    private void discovery(Cluster.Builder cluster) {
        if (!isReachable()) {
            cluster.setType(Cluster.DiscoveryType.STATIC);
            return;
        }
        if (isPassthrough()) {
            cluster.setType(Cluster.DiscoveryType.ORIGINAL_DST);
            return;
        }
        switch (service.resolution()) {
            case STATIC ->
                    cluster.setType(Cluster.DiscoveryType.EDS)
                            .setEdsClusterConfig(
                                    Cluster.EdsClusterConfig.newBuilder()
                                            .setEdsConfig(Words.ADS)
                                            .setServiceName(name().toString()));
            case DNS -> lookUp(cluster, Cluster.DiscoveryType.STRICT_DNS);
            // A logical cluster has exactly one name; Envoy refuses it otherwise.
            case DNS_ROUND_ROBIN ->
                    lookUp(
                            cluster,
                            lookedUp.members().size() == 1
                                    ? Cluster.DiscoveryType.LOGICAL_DNS
                                    : Cluster.DiscoveryType.STRICT_DNS);
            case NONE -> cluster.setType(Cluster.DiscoveryType.ORIGINAL_DST);
            case DYNAMIC_DNS -> cluster.setType(Cluster.DiscoveryType.STATIC);
        }
    }

    // The fields' replacement is a typed cluster extension that older Envoys do not know.
    @SuppressWarnings("deprecation")
    private void lookUp(Cluster.Builder cluster, Cluster.DiscoveryType type) {
        cluster.setType(type)
                .setDnsLookupFamily(Cluster.DnsLookupFamily.V4_ONLY)
                .setDnsRefreshRate(Words.duration(DNS_REFRESH))
                .setRespectDnsTtl(true)
                .setLoadAssignment(
                        new LoadAssignment(name(), lookedUp.members(), lookedUp.nearness())
                                .message());
    }

    /** Whether the connection goes where the client dialled. */
    private boolean isPassthrough() {
        LoadBalancer loadBalancer = traffic.loadBalancer();
        return service.resolution() == Resolution.NONE
                || (loadBalancer != null
                        && loadBalancer.simple() == LoadBalancer.Simple.PASSTHROUGH);
    }

    /**
     * Whether a connection may be opened at all: what a rule wants encrypted is never sent in plain
     * text, so a cluster that cannot be has no endpoints.
     */
    private boolean isReachable() {
        TrafficPolicy.ClientTls tls = traffic.tls();
        if (tls == null) {
            return true;
        }
        return switch (tls.mode()) {
            case DISABLE -> true;
            case ISTIO_MUTUAL, SIMPLE, MUTUAL ->
                    reader == Reader.PROXY && encryption.mode() == ClientEncryption.Mode.ALWAYS;
        };
    }

    private Metadata metadata() {
        Map<String, Value> istio = new TreeMap<>();
        istio.put(
                "services",
                Metadatas.list(
                        List.of(
                                Metadatas.texts(
                                        Map.of(
                                                "host", service.hostname().value(),
                                                "name", service.name(),
                                                "namespace", service.namespace())))));
        if (rulePath != null) {
            istio.put("config", Metadatas.text(rulePath));
        }
        if (!subset.isEmpty()) {
            istio.put("subset", Metadatas.text(subset));
        }
        if (service.meshExternal()) {
            istio.put("external", Metadatas.bool(true));
        }
        return Metadata.newBuilder()
                .putFilterMetadata(Metadatas.ISTIO, Metadatas.struct(istio))
                .build();
    }
}
