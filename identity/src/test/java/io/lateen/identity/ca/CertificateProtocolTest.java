package io.lateen.identity.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Struct;
import com.google.protobuf.StructProto;
import com.google.protobuf.Value;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.StatusRuntimeException;
import io.lateen.identity.ca.CertificateProtocol.Request;
import io.lateen.identity.ca.CertificateProtocol.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Our messages against those of the protocol buffers library. */
class CertificateProtocolTest {

    private static final FileDescriptor FILE = file();
    private static final Descriptor REQUEST = FILE.findMessageTypeByName("Request");
    private static final Descriptor RESPONSE = FILE.findMessageTypeByName("Response");
    private static final Marshaller<Request> REQUESTS =
            CertificateProtocol.CREATE_CERTIFICATE.getRequestMarshaller();
    private static final Marshaller<Response> RESPONSES =
            CertificateProtocol.CREATE_CERTIFICATE.getResponseMarshaller();

    private static final Struct SIGNER =
            Struct.newBuilder()
                    .putFields("CertSigner", Value.newBuilder().setStringValue("x").build())
                    .build();

    @Test
    void isCalledByIstiosName() {
        assertThat(CertificateProtocol.CREATE_CERTIFICATE.getFullMethodName())
                .isEqualTo("istio.v1.auth.IstioCertificateService/CreateCertificate");
    }

    @Test
    void writesARequestThatOthersRead() throws IOException {
        byte[] written = REQUESTS.stream(new Request("a request é", 86_400, SIGNER)).readAllBytes();

        DynamicMessage read = DynamicMessage.parseFrom(REQUEST, written);

        assertThat(read.getField(REQUEST.findFieldByName("csr"))).isEqualTo("a request é");
        assertThat(read.getField(REQUEST.findFieldByName("validity_duration"))).isEqualTo(86_400L);
        assertThat(
                        ((DynamicMessage) read.getField(REQUEST.findFieldByName("metadata")))
                                .toByteArray())
                .isEqualTo(SIGNER.toByteArray());
        assertThat(read.getUnknownFields().asMap()).isEmpty();
    }

    @Test
    void readsARequestThatOthersWrite() {
        byte[] written =
                DynamicMessage.newBuilder(REQUEST)
                        .setField(REQUEST.findFieldByName("metadata"), SIGNER)
                        .setField(REQUEST.findFieldByName("csr"), "a request")
                        .setField(REQUEST.findFieldByName("validity_duration"), -1L)
                        .build()
                        .toByteArray();

        assertThat(REQUESTS.parse(new ByteArrayInputStream(written)))
                .isEqualTo(new Request("a request", -1, SIGNER));
    }

    @Test
    void writesAndReadsAnswersAsOthersDo() throws IOException {
        byte[] ours = RESPONSES.stream(new Response(List.of("leaf", "root"))).readAllBytes();
        DynamicMessage theirs =
                DynamicMessage.newBuilder(RESPONSE)
                        .addRepeatedField(RESPONSE.findFieldByName("cert_chain"), "leaf")
                        .addRepeatedField(RESPONSE.findFieldByName("cert_chain"), "root")
                        .build();

        assertThat(ours).isEqualTo(theirs.toByteArray());
        assertThat(RESPONSES.parse(new ByteArrayInputStream(theirs.toByteArray())).chain())
                .containsExactly("leaf", "root");
    }

    @Test
    void refusesWhatIsNoMessage() {
        assertThatThrownBy(() -> REQUESTS.parse(new ByteArrayInputStream(new byte[] {10, 5, 1})))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("INVALID_ARGUMENT");
    }

    private static FileDescriptor file() {
        FileDescriptorProto.Builder file =
                FileDescriptorProto.newBuilder()
                        .setName("ca.proto")
                        .setPackage("istio.v1.auth")
                        .setSyntax("proto3")
                        .addDependency("google/protobuf/struct.proto")
                        .addMessageType(
                                DescriptorProto.newBuilder()
                                        .setName("Request")
                                        .addField(
                                                field(
                                                        "csr",
                                                        1,
                                                        FieldDescriptorProto.Type.TYPE_STRING))
                                        .addField(
                                                field(
                                                        "validity_duration",
                                                        3,
                                                        FieldDescriptorProto.Type.TYPE_INT64))
                                        .addField(
                                                field(
                                                                "metadata",
                                                                4,
                                                                FieldDescriptorProto.Type
                                                                        .TYPE_MESSAGE)
                                                        .setTypeName(".google.protobuf.Struct")))
                        .addMessageType(
                                DescriptorProto.newBuilder()
                                        .setName("Response")
                                        .addField(
                                                field(
                                                                "cert_chain",
                                                                1,
                                                                FieldDescriptorProto.Type
                                                                        .TYPE_STRING)
                                                        .setLabel(
                                                                FieldDescriptorProto.Label
                                                                        .LABEL_REPEATED)));
        try {
            return FileDescriptor.buildFrom(
                    file.build(), new FileDescriptor[] {StructProto.getDescriptor()});
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FieldDescriptorProto.Builder field(
            String name, int number, FieldDescriptorProto.Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
    }
}
