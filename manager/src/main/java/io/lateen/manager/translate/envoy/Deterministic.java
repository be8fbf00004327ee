package io.lateen.manager.translate.envoy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Serialization that gives the same bytes for the same message: map fields are written in the order
 * of their keys, on every machine. Versions are hashes over these bytes.
 */
public final class Deterministic {

    private static final String TYPE_URL_PREFIX = "type.googleapis.com/";
    private static final int VERSION_BYTES = 8;

    private Deterministic() {}

    /** Packs a message. Unlike {@link Any#pack}, the bytes are stable. */
    public static Any any(Message message) {
        return Any.newBuilder()
                .setTypeUrl(TYPE_URL_PREFIX + message.getDescriptorForType().getFullName())
                .setValue(bytes(message))
                .build();
    }

    /** Serializes a message. */
    public static ByteString bytes(Message message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array of the right size refused a message", e);
        }
        out.checkNoSpaceLeft();
        return ByteString.copyFrom(bytes);
    }

    /** The version of some content: sixteen hexadecimal digits of its SHA-256. */
    public static String version(ByteString content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content.asReadOnlyByteBuffer());
            return HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
