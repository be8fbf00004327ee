package io.lateen.sidecar.plan;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a message that this sidecar knows what to do with. Everything else is refused by
 * name: a setting that would be dropped silently is worse than one that is not accepted.
 *
 * <p>The bytes are walked, not the parsed message: that needs no descriptors, which for Envoy's
 * protobufs take longer to build than a sidecar may take to start. Only a refusal looks the name
 * up.
 */
final class Shape {

    private static final Shape LEAF = new Shape(() -> null);

    private final Supplier<@Nullable Descriptor> type;
    private final Map<Integer, Shape> fields = new HashMap<>();

    private Shape(Supplier<@Nullable Descriptor> type) {
        this.type = type;
    }

    static Shape of(Supplier<@Nullable Descriptor> type) {
        return new Shape(type);
    }

    /** Knows these fields with all that they may hold. */
    Shape with(int... numbers) {
        for (int number : numbers) {
            fields.put(number, LEAF);
        }
        return this;
    }

    /** Knows this field as far as {@code shape} goes. */
    Shape with(int number, Shape shape) {
        fields.put(number, shape);
        return this;
    }

    /**
     * Checks an encoded message.
     *
     * @param at names the message in a refusal; empty for the resource itself
     */
    void check(ByteString message, String at) throws Refusal {
        try {
            check(message.newCodedInput(), at);
        } catch (InvalidProtocolBufferException broken) {
            throw new Refusal(at.isEmpty() ? "the resource" : at, "is not a protobuf message");
        } catch (IOException impossible) {
            throw new IllegalStateException("reading from memory failed", impossible);
        }
    }

    /** Walks the fields; the path is put together on the way back from an unknown one only. */
    private void check(CodedInputStream in, String at) throws IOException, Refusal {
        String unknown = unknownField(in);
        if (unknown != null) {
            throw new Refusal(
                    at.isEmpty() ? unknown : at + "." + unknown,
                    "is not supported by this sidecar; leave it out");
        }
    }

    private @Nullable String unknownField(CodedInputStream in) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int number = WireFormat.getTagFieldNumber(tag);
            Shape known = fields.get(number);
            if (known == null) {
                return name(number);
            }
            boolean nested =
                    known != LEAF
                            && WireFormat.getTagWireType(tag)
                                    == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            if (nested) {
                int outer = in.pushLimit(in.readRawVarint32());
                String unknown = known.unknownField(in);
                if (unknown != null) {
                    return name(number) + "." + unknown;
                }
                in.popLimit(outer);
            } else {
                in.skipField(tag);
            }
        }
        return null;
    }

    private String name(int number) {
        Descriptor descriptor = type.get();
        FieldDescriptor field = descriptor == null ? null : descriptor.findFieldByNumber(number);
        return field == null ? "field number " + number : field.getName();
    }
}
