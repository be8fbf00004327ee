package io.lateen.sidecar.ads;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * What a sidecar tells its peers about itself, in the form of Istio's metadata exchange.
 *
 * @param id value of {@code x-envoy-peer-metadata-id}
 * @param metadata value of {@code x-envoy-peer-metadata}: base64 of a protobuf Struct
 */
public record PeerMetadata(String id, String metadata) {

    /** Of the node that the manager knows by this description. */
    public static PeerMetadata of(NodeDescription node) {
        Struct.Builder labels = Struct.newBuilder();
        for (Map.Entry<String, String> label : node.workload().labels().entrySet()) {
            labels.putFields(label.getKey(), text(label.getValue()));
        }
        Struct metadata =
                Struct.newBuilder()
                        .putFields("NAME", text(node.workload().instance()))
                        .putFields("NAMESPACE", text(node.id().namespace()))
                        .putFields("WORKLOAD_NAME", text(node.workload().name()))
                        .putFields("LABELS", Value.newBuilder().setStructValue(labels).build())
                        .putFields("CLUSTER_ID", text(node.workload().clusterId()))
                        .putFields("SERVICE_ACCOUNT", text(node.workload().serviceAccount()))
                        .build();
        return new PeerMetadata(
                node.id().toString(), Base64.getEncoder().encodeToString(metadata.toByteArray()));
    }

    /** The octets of the id's header. */
    public byte[] idBytes() {
        return id.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The octets of the metadata's header. */
    public byte[] metadataBytes() {
        return metadata.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
