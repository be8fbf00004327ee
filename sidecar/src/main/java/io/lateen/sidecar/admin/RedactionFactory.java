package io.lateen.sidecar.admin;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import java.util.List;
import java.util.Locale;
import udpa.annotations.Sensitive;

/**
 * Makes copies of messages in which nothing secret is readable: fields that Envoy's API marks as
 * sensitive, and the values of headers that carry credentials.
 */
final class RedactionFactory {

    private static final String REDACTED = "[redacted]";
    private static final List<String> SECRET_HEADERS =
            List.of("authorization", "cookie", "token", "secret", "password", "api-key", "apikey");

    private final TypeRegistry types;

    /**
     * @param types messages that may be inside others
     */
    RedactionFactory(TypeRegistry types) {
        this.types = types;
    }

    /** A copy without secrets. */
    Message redacted(Message message) throws InvalidProtocolBufferException {
        if (message.getDescriptorForType().equals(Any.getDescriptor())) {
            return redactedAny(Any.parseFrom(message.toByteString()));
        }
        Message.Builder copy = message.toBuilder();
        boolean secretHeader = isSecretHeader(message);
        for (var entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            if (secretHeader && field.getName().contains("value")) {
                redact(copy, field);
            } else if (field.getOptions().getExtension(Sensitive.sensitive)) {
                redact(copy, field);
            } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                redactWithin(copy, field, entry.getValue());
            }
        }
        return copy.build();
    }

    private Any redactedAny(Any any) throws InvalidProtocolBufferException {
        Descriptor type = types.getDescriptorForTypeUrl(any.getTypeUrl());
        return type == null
                ? any
                : any.toBuilder()
                        .setValue(
                                redacted(DynamicMessage.parseFrom(type, any.getValue()))
                                        .toByteString())
                        .build();
    }

    private void redactWithin(Message.Builder copy, FieldDescriptor field, Object value)
            throws InvalidProtocolBufferException {
        if (field.isRepeated()) {
            for (int i = 0; i < copy.getRepeatedFieldCount(field); i++) {
                copy.setRepeatedField(
                        field, i, redacted((Message) copy.getRepeatedField(field, i)));
            }
        } else {
            copy.setField(field, redacted((Message) value));
        }
    }

    private static void redact(Message.Builder copy, FieldDescriptor field) {
        copy.clearField(field);
        switch (field.getJavaType()) {
            case STRING -> set(copy, field, REDACTED);
            case BYTE_STRING -> set(copy, field, ByteString.copyFromUtf8(REDACTED));
            case MESSAGE -> {
                if (field.getMessageType().equals(DataSource.getDescriptor())) {
                    set(copy, field, DataSource.newBuilder().setInlineString(REDACTED).build());
                }
            }
            case INT, LONG, FLOAT, DOUBLE, BOOLEAN, ENUM -> {
                // Cleared: there is no value that says so.
            }
        }
    }

    private static void set(Message.Builder copy, FieldDescriptor field, Object value) {
        if (field.isRepeated()) {
            copy.addRepeatedField(field, value);
        } else {
            copy.setField(field, value);
        }
    }

    private static boolean isSecretHeader(Message message) {
        if (!message.getDescriptorForType()
                .getFullName()
                .equals(HeaderValue.getDescriptor().getFullName())) {
            return false;
        }
        Object key = message.getField(message.getDescriptorForType().findFieldByName("key"));
        String name = key.toString().toLowerCase(Locale.ROOT);
        return SECRET_HEADERS.stream().anyMatch(name::contains);
    }
}
