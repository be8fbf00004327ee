package io.lateen.sidecar.tls;

import io.lateen.identity.WorkloadCertificate;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;

/**
 * BoringSSL's contexts of one certificate: one for each set of application protocols, made when it
 * is first needed. Sessions are resumed within one context, so that none outlives its certificate
 * and its roots. Any thread may ask.
 */
final class Contexts {

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    /** Those of TLS 1.2; TLS 1.3 has its own, which nobody may choose. */
    private static final List<String> CIPHERS =
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");

    private final WorkloadCertificate own;
    private final KnownPeers peers;
    private final Map<Key, SslContext> made = new ConcurrentHashMap<>();

    private record Key(boolean server, boolean clientCertificate, List<String> protocols) {}

    Contexts(WorkloadCertificate own, KnownPeers peers) {
        this.own = own;
        this.peers = peers;
    }

    WorkloadCertificate own() {
        return own;
    }

    KnownPeers peers() {
        return peers;
    }

    SslContext server(List<String> protocols, boolean clientCertificate) {
        return made.computeIfAbsent(new Key(true, clientCertificate, protocols), this::make);
    }

    SslContext client(List<String> protocols) {
        return made.computeIfAbsent(new Key(false, true, protocols), this::make);
    }

    /** Makes those that an older certificate had, so that no handshake waits for them. */
    void prepare(Contexts before) {
        before.made.keySet().forEach(key -> made.computeIfAbsent(key, this::make));
    }

    /** Gives the memory back once the last connection that began with them has ended. */
    void release() {
        made.values().forEach(ReferenceCountUtil::release);
        made.clear();
    }

    private SslContext make(Key key) {
        X509Certificate[] chain = own.chain().toArray(X509Certificate[]::new);
        try {
            SslContextBuilder builder =
                    key.server()
                            ? SslContextBuilder.forServer(OwnKey.factory(own.key(), chain))
                                    .clientAuth(
                                            key.clientCertificate()
                                                    ? ClientAuth.REQUIRE
                                                    : ClientAuth.NONE)
                            : SslContextBuilder.forClient()
                                    .keyManager(OwnKey.factory(own.key(), chain));
            SslContext context =
                    Tickets.lean(builder)
                            .sslProvider(SslProvider.OPENSSL_REFCNT)
                            .protocols(VERSIONS)
                            .ciphers(CIPHERS)
                            .trustManager(
                                    // None by name: peers of the mesh have one certificate and
                                    // show it.
                                    new PeerTrust(
                                            (shown, peer) -> {
                                                var _ = peers.verify(shown, peer);
                                            },
                                            List.of()))
                            // Peers are known by their SPIFFE IDs; host names say nothing of them.
                            .endpointIdentificationAlgorithm(null)
                            .applicationProtocolConfig(protocols(key.protocols()))
                            .build();
            return key.server() ? Tickets.issuedBy(context) : context;
        } catch (SSLException e) {
            throw new IllegalStateException(
                    "BoringSSL takes no " + own + "; expected Linux on x86-64 and a P-256 key", e);
        }
    }

    static ApplicationProtocolConfig protocols(List<String> protocols) {
        return protocols.isEmpty()
                ? ApplicationProtocolConfig.DISABLED
                : new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        // Whoever offers none of ours goes on without: the chain is chosen already.
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        protocols);
    }
}
