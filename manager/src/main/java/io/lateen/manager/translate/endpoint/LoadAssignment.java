package io.lateen.manager.translate.endpoint;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.lateen.manager.translate.envoy.Metadatas;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.manager.translate.security.ClientEncryption;
import io.lateen.model.naming.ClusterName;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Health;
import io.lateen.model.service.Locality;
import io.lateen.model.service.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that the endpoints of one cluster follow from.
 *
 * @param cluster whose endpoints
 * @param members already those of the cluster's subset, in a fixed order
 * @param nearness how the client tells near ones from far ones; null where all are alike
 */
public record LoadAssignment(
        ClusterName cluster, List<Member> members, @Nullable Nearness nearness) {

    /**
     * An endpoint and how it is called.
     *
     * @param endpoint the endpoint
     * @param mutualTls whether both sides show certificates
     */
    public record Member(Endpoint endpoint, boolean mutualTls) {}

    /** Copies the list. */
    public LoadAssignment {
        members = List.copyOf(members);
    }

    /** The endpoints by locality, each address once. */
    public ClusterLoadAssignment message() {
        Map<Locality, List<Member>> byLocality =
                new TreeMap<>(Comparator.comparing(Locality::toString));
        Set<String> seen = new HashSet<>();
        for (Member member : members) {
            Endpoint endpoint = member.endpoint();
            if (seen.add(endpoint.address() + " " + endpoint.port())) {
                byLocality
                        .computeIfAbsent(
                                endpoint.workload().locality(), locality -> new ArrayList<>())
                        .add(member);
            }
        }
        ClusterLoadAssignment.Builder assignment =
                ClusterLoadAssignment.newBuilder().setClusterName(cluster.toString());
        List<Nearness.Group> groups = new ArrayList<>();
        byLocality.forEach(
                (locality, members) ->
                        groups.add(new Nearness.Group(locality, 0, weight(members), members)));
        (nearness == null ? groups : nearness.arrange(groups))
                .forEach(group -> assignment.addEndpoints(message(group)));
        return assignment.build();
    }

    static long weight(List<Member> members) {
        return members.stream().mapToLong(member -> weight(member.endpoint())).sum();
    }

    private static int weight(Endpoint endpoint) {
        return Math.max(1, endpoint.weight());
    }

    /** A locality is always written, and so is its weight: gRPC's clients leave out one without. */
    private static LocalityLbEndpoints message(Nearness.Group group) {
        Locality locality = group.locality();
        return LocalityLbEndpoints.newBuilder()
                .setLocality(
                        io.envoyproxy.envoy.config.core.v3.Locality.newBuilder()
                                .setRegion(locality.region())
                                .setZone(locality.zone())
                                .setSubZone(locality.subzone()))
                .setLoadBalancingWeight(
                        UInt32Value.of((int) Math.min(group.weight(), Integer.MAX_VALUE)))
                .setPriority(group.priority())
                .addAllLbEndpoints(group.members().stream().map(LoadAssignment::message).toList())
                .build();
    }

    private static LbEndpoint message(Member member) {
        Endpoint endpoint = member.endpoint();
        return LbEndpoint.newBuilder()
                .setEndpoint(
                        io.envoyproxy.envoy.config.endpoint.v3.Endpoint.newBuilder()
                                .setAddress(Words.address(endpoint.address(), endpoint.port())))
                .setHealthStatus(status(endpoint.health()))
                .setLoadBalancingWeight(UInt32Value.of(weight(endpoint)))
                .setMetadata(metadata(member))
                .build();
    }

    private static HealthStatus status(Health health) {
        return switch (health) {
            case HEALTHY -> HealthStatus.HEALTHY;
            case UNHEALTHY -> HealthStatus.UNHEALTHY;
            case DRAINING -> HealthStatus.DRAINING;
        };
    }

    private static Metadata metadata(Member member) {
        Workload workload = member.endpoint().workload();
        Metadata.Builder metadata =
                Metadata.newBuilder()
                        .putFilterMetadata(
                                Metadatas.ISTIO,
                                Metadatas.struct(
                                        Map.of(
                                                "workload",
                                                Metadatas.text(canonicalForm(workload)))))
                        .putFilterMetadata(
                                Metadatas.LATEEN,
                                Metadatas.struct(
                                        Map.of("labels", Metadatas.texts(workload.labels()))));
        if (member.mutualTls()) {
            metadata.putFilterMetadata(ClientEncryption.CHOICE, ClientEncryption.MUTUAL);
        }
        return metadata.build();
    }

    /** Istio's form: workload; namespace; canonical service; canonical revision; cluster. */
    private static String canonicalForm(Workload workload) {
        Map<String, String> labels = workload.labels();
        String service =
                first(
                        labels,
                        workload.workloadName(),
                        "service.istio.io/canonical-name",
                        "app.kubernetes.io/name",
                        "app");
        String revision =
                first(
                        labels,
                        "latest",
                        "service.istio.io/canonical-revision",
                        "app.kubernetes.io/version",
                        "version");
        return String.join(
                ";",
                workload.workloadName(),
                workload.namespace(),
                service,
                revision,
                workload.clusterId());
    }

    private static String first(Map<String, String> labels, String otherwise, String... keys) {
        for (String key : keys) {
            String value = labels.get(key);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return otherwise;
    }
}
