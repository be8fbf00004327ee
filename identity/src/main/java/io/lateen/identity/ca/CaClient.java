package io.lateen.identity.ca;

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
import io.lateen.identity.PeerVerification;
import io.lateen.identity.Pem;
import io.lateen.identity.WorkloadCertificate;
import io.lateen.identity.csr.SigningRequest;
import io.lateen.identity.tls.MeshCredentials;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Asks the authority over gRPC: with the current certificate as mTLS' client, else with the join
 * token. A connection is opened for each question, because questions are hours apart.
 */
public final class CaClient implements CertificateAuthority {

    private static final long DEADLINE_SECONDS = 10;
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final CaSettings settings;
    private final InstantSource clock;
    private final SecureRandom random;
    private final UnaryOperator<NettyChannelBuilder> transport;

    /**
     * A client.
     *
     * @param transport puts the program's own event loops into the channel, or leaves it alone
     */
    public CaClient(
            CaSettings settings,
            InstantSource clock,
            SecureRandom random,
            UnaryOperator<NettyChannelBuilder> transport) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.transport = transport;
    }

    @Override
    public Answer request(Optional<WorkloadCertificate> current) {
        Optional<WorkloadCertificate> usable =
                current.filter(own -> clock.instant().isBefore(own.notAfter()));
        Optional<Answer> renewed = usable.map(own -> ask(byCertificate(own), Optional.empty()));
        if (renewed.isPresent() && renewed.get() instanceof Answer.Issued) {
            return renewed.get();
        }
        // No certificate, or one that is not taken any more: the token is the other credential.
        Optional<Answer> joined =
                settings.joinToken()
                        .now()
                        .map(
                                token ->
                                        ask(
                                                MeshCredentials.stranger(
                                                        settings.roots(),
                                                        settings.authority()::equals,
                                                        clock),
                                                Optional.of(token)));
        if (joined.isPresent() && (renewed.isEmpty() || joined.get() instanceof Answer.Issued)) {
            return joined.get();
        }
        // A token that was used long ago says nothing on why the renewal did not work.
        return renewed.orElseGet(
                () ->
                        new Answer.Refused(
                                "found neither a certificate in force nor a join token here; make a"
                                        + " token with 'lateen token create' and put it where"
                                        + " join-token-file says"));
    }

    @Override
    public boolean knows(WorkloadCertificate saved) {
        try {
            PeerVerification.verify(
                    saved.chain(), settings.roots(), PeerVerification.Peer.CLIENT, clock.instant());
        } catch (CertificateException foreign) {
            return false;
        }
        return settings.identity().map(saved.identity()::equals).orElse(true);
    }

    private ChannelCredentials byCertificate(WorkloadCertificate own) {
        return MeshCredentials.client(
                new LiveCertificate(own), settings.authority()::equals, clock);
    }

    private Answer ask(ChannelCredentials credentials, Optional<String> token) {
        SigningRequest signing = SigningRequest.make(settings.identity(), random);
        ManagedChannel channel =
                transport
                        .apply(
                                NettyChannelBuilder.forAddress(
                                        settings.host(), settings.port(), credentials))
                        .disableRetry()
                        .build();
        try {
            CertificateProtocol.Response response =
                    ClientCalls.blockingUnaryCall(
                            ClientInterceptors.intercept(
                                    channel,
                                    MetadataUtils.newAttachHeadersInterceptor(headers(token))),
                            CertificateProtocol.CREATE_CERTIFICATE,
                            CallOptions.DEFAULT.withDeadlineAfter(
                                    DEADLINE_SECONDS, TimeUnit.SECONDS),
                            new CertificateProtocol.Request(
                                    signing.pem(),
                                    settings.lifetime().map(it -> it.toSeconds()).orElse(0L)));
            return new Answer.Issued(checked(signing, response));
        } catch (StatusRuntimeException e) {
            return answer(e.getStatus());
        } catch (CertificateException e) {
            return new Answer.Refused("the authority's answer cannot be used: " + e.getMessage());
        } finally {
            channel.shutdownNow();
        }
    }

    private static Metadata headers(Optional<String> token) {
        Metadata headers = new Metadata();
        token.ifPresent(it -> headers.put(AUTHORIZATION, "Bearer " + it));
        return headers;
    }

    private Answer answer(Status status) {
        String reason = String.valueOf(status.getDescription());
        return switch (status.getCode()) {
            case UNAUTHENTICATED, PERMISSION_DENIED, INVALID_ARGUMENT, UNIMPLEMENTED ->
                    new Answer.Refused(reason);
            default ->
                    new Answer.Unreachable(
                            settings.host()
                                    + ":"
                                    + settings.port()
                                    + " "
                                    + status.getCode()
                                    + ": "
                                    + reason
                                    + innermost(status.getCause()));
        };
    }

    private static String innermost(@Nullable Throwable cause) {
        Throwable at = cause;
        while (at != null && at.getCause() != null) {
            at = at.getCause();
        }
        return at == null || at.getMessage() == null ? "" : " (" + at.getMessage() + ")";
    }

    /** What was issued is for the key that was sent, and vouched for by a root that was trusted. */
    private WorkloadCertificate checked(
            SigningRequest signing, CertificateProtocol.Response response)
            throws CertificateException {
        List<X509Certificate> chain = new ArrayList<>();
        for (String pem : response.chain()) {
            chain.addAll(Pem.certificates(pem));
        }
        if (chain.size() < 2) {
            throw new CertificateException(
                    "found " + chain.size() + " certificates, expected the leaf and the root");
        }
        // The root that comes along is trusted from now on, too: that is how roots are replaced.
        Set<X509Certificate> roots = new LinkedHashSet<>(settings.roots());
        roots.add(chain.removeLast());
        if (!chain.getFirst().getPublicKey().equals(signing.key().getPublic())) {
            throw new CertificateException("found a certificate for another key");
        }
        PeerVerification.verify(chain, roots, PeerVerification.Peer.CLIENT, clock.instant());
        WorkloadCertificate issued =
                WorkloadCertificate.of(signing.key().getPrivate(), chain, List.copyOf(roots));
        if (settings.identity().filter(it -> !it.equals(issued.identity())).isPresent()) {
            throw new CertificateException(
                    "found the identity "
                            + issued.identity()
                            + ", expected "
                            + settings.identity().get());
        }
        return issued;
    }
}
