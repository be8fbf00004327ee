package io.lateen.identity.tls;

import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettySslContextChannelCredentials;
import io.grpc.netty.NettySslContextServerCredentials;
import io.lateen.identity.CertificateSource;
import io.lateen.identity.WorkloadCertificate;
import io.lateen.model.identity.SpiffeId;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * gRPC credentials of a member of the mesh: TLS 1.2 and 1.3 by BoringSSL, the own certificate and
 * the roots as they are when a handshake begins. A renewal touches no connection that is open.
 */
public final class MeshCredentials {

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private MeshCredentials() {}

    /** What a server asks of its clients. */
    public enum Clients {
        /** No connection without a certificate of the mesh. */
        MUST_SHOW_A_CERTIFICATE(ClientAuth.REQUIRE),
        /** A client that has none yet may connect; one that shows a certificate must be genuine. */
        MAY_SHOW_A_CERTIFICATE(ClientAuth.OPTIONAL);

        private final ClientAuth auth;

        Clients(ClientAuth auth) {
            this.auth = auth;
        }
    }

    /** Of a server. Handshakes fail until {@code source} has a certificate. */
    public static ServerCredentials server(
            CertificateSource source, Clients clients, InstantSource clock) {
        try {
            return NettySslContextServerCredentials.create(
                    GrpcSslContexts.configure(
                                    SslContextBuilder.forServer(new SourceKeyManager(source)),
                                    SslProvider.OPENSSL)
                            .protocols(VERSIONS)
                            .clientAuth(clients.auth)
                            .trustManager(new PeerTrustManager(roots(source), _ -> true, clock))
                            .build());
        } catch (SSLException e) {
            throw unusable(e);
        }
    }

    /**
     * Of a channel to a server of the mesh.
     *
     * @param server which identities the server may have
     */
    public static ChannelCredentials client(
            CertificateSource source, Predicate<SpiffeId> server, InstantSource clock) {
        return channel(
                clientContext().keyManager(new SourceKeyManager(source)),
                new PeerTrustManager(roots(source), server, clock));
    }

    /**
     * Of a channel of somebody who has no certificate yet.
     *
     * @param roots those that the server's chain may end in
     * @param server which identities the server may have
     */
    public static ChannelCredentials stranger(
            List<X509Certificate> roots, Predicate<SpiffeId> server, InstantSource clock) {
        List<X509Certificate> fixed = List.copyOf(roots);
        return channel(clientContext(), new PeerTrustManager(() -> fixed, server, clock));
    }

    private static SslContextBuilder clientContext() {
        return GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.OPENSSL)
                .protocols(VERSIONS);
    }

    private static ChannelCredentials channel(SslContextBuilder context, PeerTrustManager trust) {
        try {
            return NettySslContextChannelCredentials.create(context.trustManager(trust).build());
        } catch (SSLException e) {
            throw unusable(e);
        }
    }

    private static Supplier<Collection<X509Certificate>> roots(CertificateSource source) {
        return () -> source.current().map(WorkloadCertificate::roots).orElse(List.of());
    }

    private static IllegalStateException unusable(SSLException cause) {
        return new IllegalStateException(
                "BoringSSL cannot be used on this machine; expected Linux on x86-64", cause);
    }
}
