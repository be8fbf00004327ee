package io.lateen.manager.api.http;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.lateen.manager.api.status.Refusal;
import java.io.IOException;
import java.util.Arrays;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a namespace in Kubernetes' protobuf encoding, because {@code kubectl create namespace}
 * sends nothing else. Every other type is a custom resource, which Kubernetes never encodes so.
 *
 * <p>Source: k8s.io/apimachinery/pkg/runtime/generated.proto ({@code Unknown}), meta/v1 and core/v1
 * generated.proto.
 */
final class NamespaceProtobuf {
    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private static final int UNKNOWN_TYPE = 1;
    private static final int UNKNOWN_RAW = 2;
    private static final int TYPE_API_VERSION = 1;
    private static final int TYPE_KIND = 2;
    private static final int NAMESPACE_METADATA = 1;
    private static final int METADATA_NAME = 1;
    private static final int METADATA_GENERATE_NAME = 2;
    private static final int METADATA_LABELS = 11;
    private static final int METADATA_ANNOTATIONS = 12;

    private NamespaceProtobuf() {}

    static ObjectNode read(byte[] bytes) {
        if (bytes.length < MAGIC.length
                || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw Refusal.badRequest("the body is no object in Kubernetes' protobuf encoding");
        }
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        try {
            unknown(
                    CodedInputStream.newInstance(bytes, MAGIC.length, bytes.length - MAGIC.length),
                    document);
        } catch (IOException e) {
            throw Refusal.badRequest("the body is no protobuf: " + e.getMessage());
        }
        return document;
    }

    private static void unknown(CodedInputStream in, ObjectNode document) throws IOException {
        byte[] raw = {};
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case UNKNOWN_TYPE -> type(nested(in), document);
                case UNKNOWN_RAW -> raw = in.readByteArray();
                default -> in.skipField(tag);
            }
        }
        if (!document.path("kind").asString("").equals("Namespace")
                || !document.path("apiVersion").asString("").equals("v1")) {
            throw Refusal.unsupportedMediaType(
                    "Content-Type: found application/vnd.kubernetes.protobuf, expected"
                            + " application/json or application/yaml: only namespaces of v1 have"
                            + " that encoding");
        }
        CodedInputStream object = CodedInputStream.newInstance(raw);
        ObjectNode metadata = document.putObject("metadata");
        for (int tag = object.readTag(); tag != 0; tag = object.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == NAMESPACE_METADATA) {
                metadata(nested(object), metadata);
            } else {
                object.skipField(tag);
            }
        }
    }

    private static void type(CodedInputStream in, ObjectNode document) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case TYPE_API_VERSION -> document.put("apiVersion", in.readString());
                case TYPE_KIND -> document.put("kind", in.readString());
                default -> in.skipField(tag);
            }
        }
    }

    private static void metadata(CodedInputStream in, ObjectNode metadata) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case METADATA_NAME -> metadata.put("name", in.readString());
                case METADATA_GENERATE_NAME -> metadata.put("generateName", in.readString());
                case METADATA_LABELS -> entry(nested(in), metadata.withObject("labels"));
                case METADATA_ANNOTATIONS -> entry(nested(in), metadata.withObject("annotations"));
                default -> in.skipField(tag);
            }
        }
    }

    private static void entry(CodedInputStream in, ObjectNode map) throws IOException {
        String key = "";
        String value = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> key = in.readString();
                case 2 -> value = in.readString();
                default -> in.skipField(tag);
            }
        }
        map.put(key, value);
    }

    private static CodedInputStream nested(CodedInputStream in) throws IOException {
        return CodedInputStream.newInstance(in.readByteArray());
    }
}
