package io.lateen.sidecar.ads;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.util.Map;

/** Makes {@code envoy.config.core.v3.Node} with Istio's metadata keys. */
public final class NodeFactory {

    private NodeFactory() {}

    /** The node that a sidecar of this version names itself by. */
    public static Node node(NodeDescription from, String version) {
        NodeDescription.Workload workload = from.workload();
        Struct.Builder metadata =
                Struct.newBuilder()
                        .putFields("NAME", text(workload.instance()))
                        .putFields("NAMESPACE", text(from.id().namespace()))
                        .putFields("WORKLOAD_NAME", text(workload.name()))
                        .putFields("LABELS", labels(workload.labels()))
                        .putFields("SERVICE_ACCOUNT", text(workload.serviceAccount()))
                        .putFields("CLUSTER_ID", text(workload.clusterId()))
                        .putFields("MESH_ID", text(workload.meshId()))
                        .putFields("INSTANCE_IPS", text(from.id().address()))
                        .putFields("INTERCEPTION_MODE", text(from.captures() ? "REDIRECT" : "NONE"))
                        .putFields("LATEEN_SERVICES", services(from))
                        // A string: a double would do, but Istio's own numbers are strings too.
                        .putFields("LATEEN_STARTED", text(Long.toString(from.startedMillis())));
        if (!from.served().isEmpty()) {
            metadata.putFields(
                    "LATEEN_HEARTBEAT", text(Long.toString(AdsClient.HEARTBEAT.toMillis())));
        }
        return Node.newBuilder()
                .setId(from.id().toString())
                .setCluster(
                        workload.labels().getOrDefault("app", workload.name())
                                + "."
                                + from.id().namespace())
                .setLocality(locality(workload.locality()))
                .setUserAgentName("lateen-sidecar")
                .setUserAgentVersion(version)
                .setMetadata(metadata)
                .build();
    }

    private static Value services(NodeDescription from) {
        ListValue.Builder services = ListValue.newBuilder();
        for (NodeDescription.ServedService each : from.served()) {
            services.addValues(
                    struct(
                            Struct.newBuilder()
                                    .putFields("service", text(each.service()))
                                    .putFields("namespace", text(each.namespace()))
                                    .putFields("port", number(each.port()))
                                    .putFields("name", text(each.protocol()))
                                    .putFields("protocol", text(each.protocol()))
                                    .putFields("inboundPort", number(each.inboundPort()))
                                    .putFields("appAddress", text(each.appAddress()))
                                    .putFields("appPort", number(each.appPort()))));
        }
        return Value.newBuilder().setListValue(services).build();
    }

    private static Value labels(Map<String, String> labels) {
        Struct.Builder fields = Struct.newBuilder();
        labels.forEach((name, value) -> fields.putFields(name, text(value)));
        return struct(fields);
    }

    private static Locality locality(NodeDescription.Locality from) {
        return Locality.newBuilder()
                .setRegion(from.region())
                .setZone(from.zone())
                .setSubZone(from.subzone())
                .build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Value number(int number) {
        return Value.newBuilder().setNumberValue(number).build();
    }

    private static Value struct(Struct.Builder fields) {
        return Value.newBuilder().setStructValue(fields).build();
    }
}
