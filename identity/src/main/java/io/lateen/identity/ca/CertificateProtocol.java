package io.lateen.identity.ca;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.Struct;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code istio.v1.auth.IstioCertificateService/CreateCertificate} as gRPC carries it. Two messages
 * with three fields between them: they are read and written here, and the build needs no compiler
 * for protocol buffers.
 */
public final class CertificateProtocol {

    /** The service's full name. */
    public static final String SERVICE = "istio.v1.auth.IstioCertificateService";

    /** Its one method. */
    public static final MethodDescriptor<Request, Response> CREATE_CERTIFICATE =
            MethodDescriptor.<Request, Response>newBuilder()
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName(
                            MethodDescriptor.generateFullMethodName(SERVICE, "CreateCertificate"))
                    .setRequestMarshaller(new Messages<>(Request::write, Request::read))
                    .setResponseMarshaller(new Messages<>(Response::write, Response::read))
                    .build();

    private CertificateProtocol() {}

    /**
     * What is asked for.
     *
     * @param csr PKCS #10 as PEM: field 1
     * @param validitySeconds how long the certificate is to live, 0 for the authority's default:
     *     field 3
     * @param metadata further wishes by name, such as {@code CertSigner}: field 4
     */
    public record Request(String csr, long validitySeconds, Struct metadata) {

        private static final int CSR = 1;
        private static final int VALIDITY = 3;
        private static final int METADATA = 4;

        /** A request without further wishes. */
        public Request(String csr, long validitySeconds) {
            this(csr, validitySeconds, Struct.getDefaultInstance());
        }

        private void write(CodedOutputStream out) throws IOException {
            if (!csr.isEmpty()) {
                out.writeString(CSR, csr);
            }
            if (validitySeconds != 0) {
                out.writeInt64(VALIDITY, validitySeconds);
            }
            if (metadata.getFieldsCount() > 0) {
                out.writeMessage(METADATA, metadata);
            }
        }

        private static Request read(CodedInputStream in) throws IOException {
            String csr = "";
            long validity = 0;
            Struct.Builder metadata = Struct.newBuilder();
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (tag) {
                    case (CSR << 3) | 2 -> csr = in.readStringRequireUtf8();
                    case VALIDITY << 3 -> validity = in.readInt64();
                    case (METADATA << 3) | 2 ->
                            in.readMessage(metadata, ExtensionRegistryLite.getEmptyRegistry());
                    default -> in.skipField(tag);
                }
            }
            return new Request(csr, validity, metadata.build());
        }
    }

    /**
     * What is answered.
     *
     * @param chain one certificate as PEM each, leaf first, root last: field 1
     */
    public record Response(List<String> chain) {

        private static final int CHAIN = 1;

        /** Copies the list. */
        public Response {
            chain = List.copyOf(chain);
        }

        private void write(CodedOutputStream out) throws IOException {
            for (String certificate : chain) {
                out.writeString(CHAIN, certificate);
            }
        }

        private static Response read(CodedInputStream in) throws IOException {
            List<String> chain = new ArrayList<>();
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == ((CHAIN << 3) | 2)) {
                    chain.add(in.readStringRequireUtf8());
                } else {
                    in.skipField(tag);
                }
            }
            return new Response(chain);
        }
    }

    @FunctionalInterface
    private interface Writing<M> {
        void write(M message, CodedOutputStream out) throws IOException;
    }

    @FunctionalInterface
    private interface Reading<M> {
        M read(CodedInputStream in) throws IOException;
    }

    private record Messages<M>(Writing<M> writing, Reading<M> reading)
            implements MethodDescriptor.Marshaller<M> {

        @Override
        public InputStream stream(M message) {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(octets);
            try {
                writing.write(message, out);
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("memory takes what is written", e);
            }
            return new ByteArrayInputStream(octets.toByteArray());
        }

        @Override
        public M parse(InputStream stream) {
            try {
                return reading.read(CodedInputStream.newInstance(stream));
            } catch (IOException e) {
                throw Status.INVALID_ARGUMENT
                        .withDescription("found a message that is no protocol buffer of " + SERVICE)
                        .withCause(e)
                        .asRuntimeException();
            }
        }
    }
}
