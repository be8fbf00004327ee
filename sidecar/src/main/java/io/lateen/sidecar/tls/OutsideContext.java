package io.lateen.sidecar.tls;

import io.lateen.identity.PeerVerification.Peer;
import io.lateen.sidecar.credential.ShownCertificate;
import io.lateen.sidecar.exchange.Principals;
import io.lateen.sidecar.exchange.Security;
import io.lateen.sidecar.plan.DownstreamTls;
import io.lateen.sidecar.plan.DownstreamTls.ClientCertificate;
import io.lateen.sidecar.plan.TlsTerms;
import io.lateen.sidecar.plan.UpstreamTls;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * BoringSSL's context for one way to speak with those outside the mesh, made of what files held at
 * one moment. Sessions are resumed within it alone, so that none outlives its certificate.
 */
final class OutsideContext {

    /** What TLS 1.3 has; nobody may choose among them. */
    private static final List<String> CIPHERS_1_3 =
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256");

    private final SslContext context;
    private final OutsidePeers peers;
    private final byte[] staple;

    private OutsideContext(SslContext context, OutsidePeers peers, byte[] staple) {
        this.context = context;
        this.peers = peers;
        this.staple = staple;
    }

    static OutsideContext server(
            DownstreamTls.Outside tls, ShownCertificate shown, OutsidePeers peers) {
        PrivateKey key = shown.key();
        SslContextBuilder builder =
                SslContextBuilder.forServer(OwnKey.factory(key, chain(shown)))
                        .clientAuth(
                                switch (tls.clients()) {
                                    case NONE -> ClientAuth.NONE;
                                    case OPTIONAL -> ClientAuth.OPTIONAL;
                                    case REQUIRED -> ClientAuth.REQUIRE;
                                });
        byte[] staple = shown.staple().toByteArray();
        return new OutsideContext(
                Tickets.issuedBy(
                        build(
                                builder.enableOcsp(staple.length > 0),
                                tls.terms(),
                                tls.applicationProtocols(),
                                peers)),
                peers,
                staple);
    }

    static OutsideContext client(
            UpstreamTls.Outside tls,
            List<String> protocols,
            @Nullable ShownCertificate shown,
            OutsidePeers peers) {
        SslContextBuilder builder = SslContextBuilder.forClient();
        if (shown != null) {
            builder.keyManager(OwnKey.factory(shown.key(), chain(shown)));
        }
        return new OutsideContext(
                build(builder, tls.terms(), protocols, peers), peers, new byte[0]);
    }

    private static X509Certificate[] chain(ShownCertificate shown) {
        return shown.chain().toArray(X509Certificate[]::new);
    }

    private static SslContext build(
            SslContextBuilder builder, TlsTerms terms, List<String> protocols, OutsidePeers peers) {
        List<String> ciphers = new ArrayList<>(CIPHERS_1_3);
        ciphers.addAll(terms.ciphers());
        if (!terms.groups().isEmpty()) {
            builder.option(OpenSslContextOption.GROUPS, terms.groups().toArray(String[]::new));
        }
        try {
            return Tickets.lean(builder)
                    .sslProvider(SslProvider.OPENSSL_REFCNT)
                    .protocols(terms.versions())
                    .ciphers(ciphers)
                    .trustManager(
                            new PeerTrust(
                                    (chain, peer) -> {
                                        var _ = peers.verify(chain, peer);
                                    },
                                    peers.roots()))
                    // Names are looked at with the rest of the certificate, as configured.
                    .endpointIdentificationAlgorithm(null)
                    .applicationProtocolConfig(
                            protocols.isEmpty()
                                    ? ApplicationProtocolConfig.DISABLED
                                    : Contexts.protocols(protocols))
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException(
                    "BoringSSL takes no " + terms + "; expected Linux on x86-64", e);
        }
    }

    SSLEngine serverEngine(ByteBufAllocator alloc) {
        SSLEngine engine = context.newEngine(alloc);
        if (staple.length > 0 && engine instanceof ReferenceCountedOpenSslEngine boring) {
            boring.setOcspResponse(staple);
        }
        return engine;
    }

    SSLEngine clientEngine(ByteBufAllocator alloc, String serverName, SocketAddress to) {
        return Tls.clientEngine(context, alloc, serverName, to);
    }

    /**
     * Who is at the other end of a connection from outside.
     *
     * @param own whom clients reached, as far as the mesh knows
     */
    Security client(DownstreamTls.Outside tls, String serverName, Principals own, SSLEngine engine)
            throws CertificateException {
        Certificate[] shown = shown(engine);
        if (tls.clients() == ClientCertificate.NONE || shown.length == 0) {
            if (tls.clients() == ClientCertificate.REQUIRED) {
                throw new CertificateException("client's certificate: found none, expected one");
            }
            return Security.encrypted(null, own, serverName, "");
        }
        return Security.encrypted(null, own, serverName, peers.verify(shown, Peer.CLIENT));
    }

    /** Who is at the other end of a connection to the outside. */
    Security server(UpstreamTls.Outside tls, Principals own, SSLEngine engine)
            throws CertificateException {
        var _ = peers.verify(shown(engine), Peer.SERVER);
        return Security.encrypted(null, own, tls.serverName(), "");
    }

    private static Certificate[] shown(SSLEngine engine) {
        try {
            return engine.getSession().getPeerCertificates();
        } catch (SSLPeerUnverifiedException e) {
            return new Certificate[0];
        }
    }

    /** Gives the memory back once the last connection that began with it has ended. */
    void release() {
        ReferenceCountUtil.release(context);
    }
}
