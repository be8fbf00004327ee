package io.lateen.authca;

import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.lateen.identity.LiveCertificate;
import io.lateen.identity.Pem;
import io.lateen.identity.WorkloadCertificate;
import io.lateen.identity.ca.CertificateProtocol;
import io.lateen.identity.ca.CertificateProtocol.Request;
import io.lateen.identity.ca.CertificateProtocol.Response;
import io.lateen.identity.tls.MeshCredentials;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Requests of every kind, good and bad, and a client that sends them as they are. */
final class Requests {

    private Requests() {}

    /** An extension that a request asks for. */
    record Wished(ASN1ObjectIdentifier type, ASN1Encodable value) {}

    static KeyPair key(String algorithm, String parameter) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            switch (algorithm) {
                case "EC" -> generator.initialize(new ECGenParameterSpec(parameter));
                case "RSA" -> generator.initialize(Integer.parseInt(parameter));
                default -> {}
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair key() {
        return key("EC", "secp256r1");
    }

    /** A request for a key, signed by another or the same. */
    static String csr(
            KeyPair key, KeyPair signer, String signature, String subject, Wished... extensions) {
        try {
            PKCS10CertificationRequestBuilder builder =
                    new JcaPKCS10CertificationRequestBuilder(
                            new X500Name(subject), key.getPublic());
            if (extensions.length > 0) {
                ExtensionsGenerator wished = new ExtensionsGenerator();
                for (Wished each : extensions) {
                    wished.addExtension(each.type(), false, each.value());
                }
                builder.addAttribute(
                        PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, wished.generate());
            }
            return Pem.write(
                    "CERTIFICATE REQUEST",
                    builder.build(new JcaContentSignerBuilder(signature).build(signer.getPrivate()))
                            .getEncoded());
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    static String csr(Wished... extensions) {
        KeyPair key = key();
        return csr(key, key, "SHA256withECDSA", "", extensions);
    }

    static GeneralNames uris(String... uris) {
        GeneralName[] names = new GeneralName[uris.length];
        for (int i = 0; i < uris.length; i++) {
            names[i] = new GeneralName(GeneralName.uniformResourceIdentifier, uris[i]);
        }
        return new GeneralNames(names);
    }

    /** What a call brought: a chain or a status. */
    record Answered(List<String> chain, Status status) {}

    static Answered send(
            RunningAuthority authority, Optional<String> authorization, Request request) {
        return send(
                authority,
                MeshCredentials.stranger(authority.roots(), _ -> true, InstantSource.system()),
                authorization,
                request);
    }

    static Answered send(
            RunningAuthority authority, WorkloadCertificate certificate, Request request) {
        return send(
                authority,
                MeshCredentials.client(
                        new LiveCertificate(certificate), _ -> true, InstantSource.system()),
                Optional.empty(),
                request);
    }

    private static Answered send(
            RunningAuthority authority,
            ChannelCredentials credentials,
            Optional<String> authorization,
            Request request) {
        Metadata headers = new Metadata();
        authorization.ifPresent(
                it ->
                        headers.put(
                                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                                it));
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", authority.grpcPort(), credentials)
                        .build();
        try {
            Response response =
                    ClientCalls.blockingUnaryCall(
                            ClientInterceptors.intercept(
                                    channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
                            CertificateProtocol.CREATE_CERTIFICATE,
                            CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
                            request);
            return new Answered(response.chain(), Status.OK);
        } catch (StatusRuntimeException e) {
            return new Answered(List.of(), e.getStatus());
        } finally {
            channel.shutdownNow();
        }
    }
}
