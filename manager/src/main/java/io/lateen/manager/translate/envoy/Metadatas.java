package io.lateen.manager.translate.envoy;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.lateen.model.resource.Resource;
import java.util.Collection;
import java.util.Map;

/** The metadata that says where a piece of configuration comes from. */
public final class Metadatas {

    /** Istio's filter metadata: what its dashboards and ours read. */
    public static final String ISTIO = "istio";

    /** Our own filter metadata. */
    public static final String LATEEN = "lateen";

    private Metadatas() {}

    /** The path of a resource, as REST serves it. */
    public static String path(Resource resource) {
        return "/apis/%s/v1/namespaces/%s/%s/%s"
                .formatted(
                        resource.kind().group(),
                        resource.metadata().namespace(),
                        resource.kind().plural(),
                        resource.metadata().name());
    }

    /** The metadata of what comes from one resource: its path and its own revision. */
    public static Metadata of(Resource resource) {
        return Metadata.newBuilder()
                .putFilterMetadata(ISTIO, struct(Map.of("config", text(path(resource)))))
                .putFilterMetadata(
                        LATEEN,
                        struct(
                                Map.of(
                                        "revision",
                                        text(Long.toString(resource.metadata().revision())))))
                .build();
    }

    /** A struct. */
    public static Struct struct(Map<String, Value> fields) {
        return Struct.newBuilder().putAllFields(fields).build();
    }

    /** A struct of strings. */
    public static Value texts(Map<String, String> fields) {
        Struct.Builder struct = Struct.newBuilder();
        fields.forEach((key, value) -> struct.putFields(key, text(value)));
        return Value.newBuilder().setStructValue(struct).build();
    }

    /** A string. */
    public static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    /** A truth value. */
    public static Value bool(boolean value) {
        return Value.newBuilder().setBoolValue(value).build();
    }

    /** A list. */
    public static Value list(Collection<Value> values) {
        return Value.newBuilder().setListValue(ListValue.newBuilder().addAllValues(values)).build();
    }
}
