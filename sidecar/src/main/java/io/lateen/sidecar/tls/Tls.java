package io.lateen.sidecar.tls;

import io.lateen.identity.CertificateSource;
import io.lateen.identity.PeerVerification.Peer;
import io.lateen.identity.WorkloadCertificate;
import io.lateen.model.identity.SpiffeId;
import io.lateen.sidecar.credential.Credentials;
import io.lateen.sidecar.exchange.Principals;
import io.lateen.sidecar.exchange.Security;
import io.lateen.sidecar.plan.DownstreamTls;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.UpstreamTls;
import io.lateen.sidecar.route.ValueMatch;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.internal.tcnative.SSL;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * The workload's identity on its connections. A handshake uses the certificate that is in force
 * when it begins; a renewed one touches no connection that is open. Written by whoever renews the
 * certificate, read by every event loop.
 */
public final class Tls implements AutoCloseable {

    /**
     * Envoy's default for what a handshake may take; a client that trickles holds nothing longer.
     */
    static final long HANDSHAKE_MILLIS = 10_000;

    /** More pairs than this are told apart by value alone. */
    private static final int PAIRS = 4_096;

    private final InstantSource clock;
    private final Credentials credentials;
    private final Outside outside;
    private final CertificateSource.@Nullable Subscription subscription;
    private final Map<Principals, Principals> pairs = new ConcurrentHashMap<>();
    private final List<Runnable> onNewIdentity = new CopyOnWriteArrayList<>();
    private final AtomicLong resumed = new AtomicLong();
    private volatile @Nullable Contexts current;
    private @Nullable Contexts previous;

    private Tls(@Nullable CertificateSource source, Credentials credentials, InstantSource clock) {
        this.clock = clock;
        this.credentials = credentials;
        this.outside = new Outside(credentials, clock);
        this.subscription = source == null ? null : source.subscribe(this::renew);
    }

    /** By the certificates of {@code source}; there may be none yet. Knows nobody outside. */
    public static Tls of(CertificateSource source, InstantSource clock) {
        return of(source, new Credentials(null, List.of()), clock);
    }

    /**
     * By the certificates of {@code source}, and by others with those outside the mesh.
     *
     * @param source null for a sidecar without an identity: every connection that needs one fails
     *     and says so
     */
    public static Tls of(
            @Nullable CertificateSource source, Credentials credentials, InstantSource clock) {
        return new Tls(source, credentials, clock);
    }

    /** Of a sidecar without an identity that knows nobody outside. */
    public static Tls none() {
        // Without certificates nothing is compared with the time.
        return new Tls(null, new Credentials(null, List.of()), InstantSource.fixed(Instant.EPOCH));
    }

    /**
     * Reads what a plan needs to speak with those outside the mesh. Before the plan is in force, on
     * the configuration thread.
     */
    public synchronized void prepare(Plan plan) {
        OutsideNeeds needs = OutsideNeeds.of(plan);
        credentials.want(needs.certificates(), needs.roots());
    }

    /** Forgets what a plan does not need, now that it is in force. On the configuration thread. */
    public synchronized void settle(Plan plan) {
        OutsideNeeds needs = OutsideNeeds.of(plan);
        outside.keep(needs.servers(), needs.clients());
        credentials.keep(needs.certificates(), needs.roots());
    }

    /**
     * Looks whether files have changed; handshakes that begin afterwards use what they hold now. On
     * the configuration thread, about every second.
     *
     * @return what is wrong with them, by the names of the places
     */
    public synchronized Map<String, String> look() {
        var _ = credentials.look();
        outside.renew();
        return credentials.faults();
    }

    /**
     * Calls back when the workload has become somebody else: what it opened before is not its own.
     */
    public void onNewIdentity(Runnable then) {
        onNewIdentity.add(then);
    }

    private synchronized void renew(WorkloadCertificate certificate) {
        Contexts before = current;
        KnownPeers peers =
                before != null && before.peers().goesBy(certificate.roots())
                        ? before.peers()
                        : new KnownPeers(certificate.roots(), clock);
        Contexts now = new Contexts(certificate, peers);
        if (before != null) {
            now.prepare(before);
        }
        current = now;
        // A loop may still be about to begin a handshake with the last ones, not with those before.
        if (previous != null) {
            previous.release();
        }
        previous = before;
        if (before != null && !before.own().identity().equals(certificate.identity())) {
            onNewIdentity.forEach(Runnable::run);
        }
    }

    /** What a connection needs of a handshake with its peer. */
    public sealed interface Side {

        /** We are the server. */
        record Server(DownstreamTls tls, String serverName) implements Side {}

        /**
         * We are the client.
         *
         * @param protocols offered in ALPN
         */
        record Client(UpstreamTls tls, List<String> protocols, SocketAddress endpoint)
                implements Side {}
    }

    /**
     * Begins a handshake: puts its handlers into the pipeline of a connection.
     *
     * @param before the handler that reads what is decrypted; null for the pipeline's end
     * @param outcome told once, on the connection's loop
     */
    public void begin(
            Channel channel, @Nullable String before, Side side, Handshake.Outcome outcome) {
        switch (side) {
            case Side.Server(DownstreamTls.OfMesh tls, String serverName) -> {
                Contexts contexts = meshContexts(outcome);
                if (contexts != null) {
                    SSLEngine engine =
                            contexts.server(tls.applicationProtocols(), tls.clientCertificate())
                                    .newEngine(channel.alloc());
                    begin(
                            channel,
                            before,
                            engine,
                            () -> client(contexts, tls, serverName, engine),
                            outcome);
                }
            }
            case Side.Client(UpstreamTls.OfMesh tls, var protocols, var endpoint) -> {
                Contexts contexts = meshContexts(outcome);
                if (contexts != null) {
                    SSLEngine engine =
                            clientEngine(
                                    contexts.client(protocols),
                                    channel.alloc(),
                                    tls.serverName(),
                                    endpoint);
                    begin(channel, before, engine, () -> server(contexts, tls, engine), outcome);
                }
            }
            case Side.Server(DownstreamTls.Outside tls, String serverName) -> {
                Outside.Found found = outside.server(tls);
                OutsideContext context = found.context();
                if (context == null) {
                    outcome.failed(String.valueOf(found.missing()));
                } else {
                    SSLEngine engine = context.serverEngine(channel.alloc());
                    begin(
                            channel,
                            before,
                            engine,
                            () -> context.client(tls, serverName, pair("", ownName()), engine),
                            outcome);
                }
            }
            case Side.Client(UpstreamTls.Outside tls, var protocols, var endpoint) -> {
                Outside.Found found = outside.client(tls, protocols);
                OutsideContext context = found.context();
                if (context == null) {
                    outcome.failed(String.valueOf(found.missing()));
                } else {
                    SSLEngine engine =
                            context.clientEngine(channel.alloc(), tls.serverName(), endpoint);
                    begin(
                            channel,
                            before,
                            engine,
                            () -> context.server(tls, pair(ownName(), ""), engine),
                            outcome);
                }
            }
        }
    }

    private static void begin(
            Channel channel,
            @Nullable String before,
            SSLEngine engine,
            Handshake.Proof proof,
            Handshake.Outcome outcome) {
        SslHandler handler = new SslHandler(engine);
        handler.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
        Handshake handshake = new Handshake(proof, outcome);
        if (before == null) {
            channel.pipeline().addLast(handler, handshake);
        } else {
            channel.pipeline().addBefore(before, null, handler);
            channel.pipeline().addBefore(before, null, handshake);
        }
    }

    private @Nullable Contexts meshContexts(Handshake.Outcome outcome) {
        Contexts contexts = current;
        if (contexts == null) {
            outcome.failed(
                    subscription == null
                            ? "this sidecar has no certificate; start it with --ca-address"
                            : "this sidecar has no certificate yet; see why the CA does not answer");
        }
        return contexts;
    }

    private String ownName() {
        Contexts contexts = current;
        return contexts == null ? "" : contexts.own().identity().toString();
    }

    /**
     * A client's engine that asks for a name.
     *
     * @param serverName sent as it is; none is sent where it is empty
     * @param to sessions are kept by address and port, as each endpoint has keys of its own; none
     *     is kept for a socket on this machine
     */
    static SSLEngine clientEngine(
            SslContext context, ByteBufAllocator alloc, String serverName, SocketAddress to) {
        SSLEngine engine =
                to instanceof InetSocketAddress inet
                        ? context.newEngine(
                                alloc, inet.getAddress().getHostAddress(), inet.getPort())
                        : context.newEngine(alloc);
        if (!serverName.isEmpty() && engine instanceof ReferenceCountedOpenSslEngine boring) {
            // Not by way of SNIHostName: names of clusters have underscores, which it refuses.
            SSL.setTlsExtHostName(boring.sslPointer(), serverName);
        }
        return engine;
    }

    private Security client(
            Contexts contexts, DownstreamTls.OfMesh tls, String serverName, SSLEngine engine)
            throws CertificateException {
        count(engine);
        SpiffeId own = contexts.own().identity();
        if (!tls.clientCertificate()) {
            return Security.encrypted(null, pair("", own.toString()), serverName, "");
        }
        KnownPeers.Known peer = contexts.peers().verify(shown(engine), Peer.CLIENT);
        String name = peer.identity().toString();
        if (!tls.accepts(name)) {
            throw unexpected("client", name, tls.identities());
        }
        return Security.encrypted(
                peer.identity(),
                pair(name, own.toString()),
                serverName,
                "By=" + own + ";" + peer.forwarded());
    }

    private Security server(Contexts contexts, UpstreamTls.OfMesh tls, SSLEngine engine)
            throws CertificateException {
        count(engine);
        KnownPeers.Known peer = contexts.peers().verify(shown(engine), Peer.SERVER);
        String name = peer.identity().toString();
        if (!tls.accepts(name)) {
            throw unexpected("endpoint", name, tls.identities());
        }
        return Security.encrypted(
                peer.identity(),
                pair(contexts.own().identity().toString(), name),
                tls.serverName(),
                "");
    }

    private void count(SSLEngine engine) {
        if (engine instanceof ReferenceCountedOpenSslEngine boring
                && SSL.isSessionReused(boring.sslPointer())) {
            resumed.incrementAndGet();
        }
    }

    private static CertificateException unexpected(
            String who, String found, List<ValueMatch> expected) {
        return new CertificateException(
                "the %s's identity: found %s, expected %s"
                        .formatted(who, found, Expected.text(expected)));
    }

    /** How many handshakes resumed an earlier session. */
    public long resumed() {
        return resumed.get();
    }

    private static Certificate[] shown(SSLEngine engine) throws CertificateException {
        try {
            return engine.getSession().getPeerCertificates();
        } catch (SSLPeerUnverifiedException e) {
            throw new CertificateException("peer's certificate: found none, expected one", e);
        }
    }

    private Principals pair(String source, String destination) {
        Principals pair = new Principals(source, destination);
        Principals known = pairs.get(pair);
        if (known != null) {
            return known;
        }
        if (pairs.size() < PAIRS) {
            pairs.put(pair, pair);
        }
        return pair;
    }

    /** Takes no further certificate; handshakes that begin from now on fail. */
    @Override
    public synchronized void close() {
        if (subscription != null) {
            subscription.close();
        }
        outside.close();
        Contexts last = current;
        current = null;
        if (last != null) {
            last.release();
        }
        if (previous != null) {
            previous.release();
            previous = null;
        }
    }
}
