package io.lateen.identity.tls;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.lateen.identity.LiveCertificate;
import io.lateen.identity.WorkloadCertificate;
import io.lateen.identity.ca.CertificateProtocol;
import io.lateen.identity.ca.CertificateProtocol.Request;
import io.lateen.identity.ca.CertificateProtocol.Response;
import io.lateen.identity.tls.MeshCredentials.Clients;
import io.lateen.model.identity.SpiffeId;
import io.lateen.model.identity.TrustDomain;
import io.lateen.testkit.certificate.ScriptedAuthority;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real sockets, real BoringSSL; the service answers who called. */
class MeshCredentialsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final ScriptedAuthority ROOT = ScriptedAuthority.root("cluster.local", NOW);
    private static final SpiffeId MANAGER =
            SpiffeId.ofSystem(TrustDomain.DEFAULT, "lateen-manager");
    private static final SpiffeId REVIEWS = new SpiffeId(TrustDomain.DEFAULT, "default", "reviews");

    private final LiveCertificate manager = new LiveCertificate(certificate(ROOT, MANAGER));
    private final LiveCertificate reviews = new LiveCertificate(certificate(ROOT, REVIEWS));
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void tellsTheServerWhoCalls() throws Exception {
        int port = serve(Clients.MUST_SHOW_A_CERTIFICATE);

        assertThat(call(client(port, MANAGER))).isEqualTo(REVIEWS.toString());
    }

    @Test
    void refusesAServerOfAnotherIdentity() throws Exception {
        int port = serve(Clients.MUST_SHOW_A_CERTIFICATE);
        ManagedChannel channel =
                client(port, SpiffeId.ofSystem(TrustDomain.DEFAULT, "lateen-mixer"));

        assertThatThrownBy(() -> call(channel))
                .isInstanceOf(StatusRuntimeException.class)
                .hasStackTraceContaining("found " + MANAGER);
    }

    @Test
    void refusesAServerOfAnotherRoot() throws Exception {
        ScriptedAuthority foreign = ScriptedAuthority.root("cluster.local", NOW);
        manager.publish(certificate(foreign, MANAGER));
        int port = serve(Clients.MUST_SHOW_A_CERTIFICATE);

        assertThatThrownBy(() -> call(client(port, MANAGER)))
                .hasStackTraceContaining("not vouched for");
    }

    @Test
    void refusesAClientOfAnotherRoot() throws Exception {
        int port = serve(Clients.MUST_SHOW_A_CERTIFICATE);
        ScriptedAuthority foreign = ScriptedAuthority.root("cluster.local", NOW);
        ScriptedAuthority.Leaf leaf = foreign.issue(REVIEWS.toString(), NOW);
        // It knows the server's root, but its own certificate is by another.
        reviews.publish(
                WorkloadCertificate.of(leaf.key(), leaf.chain(), List.of(ROOT.certificate())));

        assertThatThrownBy(() -> call(client(port, MANAGER)))
                .isInstanceOf(StatusRuntimeException.class);
    }

    @Test
    void aStrangerIsServedOnlyWhereStrangersAre() throws Exception {
        int strict = serve(Clients.MUST_SHOW_A_CERTIFICATE);
        int open = serve(Clients.MAY_SHOW_A_CERTIFICATE);
        ChannelCredentials stranger =
                MeshCredentials.stranger(List.of(ROOT.certificate()), MANAGER::equals, CLOCK);

        assertThat(call(channel(open, stranger))).isEqualTo("a stranger");
        assertThat(call(client(open, MANAGER))).isEqualTo(REVIEWS.toString());
        assertThatThrownBy(() -> call(channel(strict, stranger)))
                .isInstanceOf(StatusRuntimeException.class);
    }

    @Test
    void followsRenewalsOnBothSidesAndDropsNoConnection() throws Exception {
        int port = serve(Clients.MUST_SHOW_A_CERTIFICATE);
        ManagedChannel before = client(port, MANAGER);
        assertThat(serial(before)).isEqualTo(serial(reviews));
        String old = serial(reviews);

        manager.publish(certificate(ROOT, MANAGER));
        reviews.publish(certificate(ROOT, REVIEWS));

        assertThat(serial(before)).as("the open connection is left alone").isEqualTo(old);
        assertThat(serial(client(port, MANAGER)))
                .as("a new one shows the new certificate")
                .isEqualTo(serial(reviews))
                .isNotEqualTo(old);
    }

    @Test
    void aServerWithoutACertificateTakesNobodyUntilItHasOne() throws Exception {
        LiveCertificate later = new LiveCertificate();
        int port = serve(later, Clients.MUST_SHOW_A_CERTIFICATE);
        assertThatThrownBy(() -> call(client(port, MANAGER)))
                .isInstanceOf(StatusRuntimeException.class);

        later.publish(certificate(ROOT, MANAGER));

        eventually(() -> assertThat(call(client(port, MANAGER))).isEqualTo(REVIEWS.toString()));
    }

    private int serve(Clients clients) throws Exception {
        return serve(manager, clients);
    }

    private int serve(LiveCertificate own, Clients clients) throws Exception {
        ServerServiceDefinition service =
                ServerServiceDefinition.builder(CertificateProtocol.SERVICE)
                        .addMethod(
                                CertificateProtocol.CREATE_CERTIFICATE,
                                ServerCalls.asyncUnaryCall(
                                        (request, out) -> {
                                            out.onNext(
                                                    new Response(
                                                            List.of(
                                                                    CallerIdentity.current()
                                                                            .map(SpiffeId::toString)
                                                                            .orElse("a stranger"),
                                                                    SerialOfCaller.current())));
                                            out.onCompleted();
                                        }))
                        .build();
        Server server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                MeshCredentials.server(own, clients, CLOCK))
                        .addService(
                                ServerInterceptors.intercept(
                                        service, new CallerIdentity(), new SerialOfCaller()))
                        .build()
                        .start();
        open.add(server::shutdownNow);
        return server.getPort();
    }

    private ManagedChannel client(int port, SpiffeId server) {
        return channel(port, MeshCredentials.client(reviews, server::equals, CLOCK));
    }

    private ManagedChannel channel(int port, ChannelCredentials credentials) {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port, credentials)
                        .disableRetry()
                        .build();
        open.add(channel::shutdownNow);
        return channel;
    }

    private static List<String> answer(Channel channel) {
        return ClientCalls.blockingUnaryCall(
                        channel,
                        CertificateProtocol.CREATE_CERTIFICATE,
                        CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
                        new Request("", 0))
                .chain();
    }

    private static String call(Channel channel) {
        return answer(channel).getFirst();
    }

    private static String serial(Channel channel) {
        return answer(channel).getLast();
    }

    private static String serial(LiveCertificate own) {
        return own.current().orElseThrow().leaf().getSerialNumber().toString();
    }

    private static WorkloadCertificate certificate(ScriptedAuthority authority, SpiffeId identity) {
        ScriptedAuthority.Leaf leaf = authority.issue(identity.toString(), NOW);
        List<X509Certificate> roots = List.of(authority.certificate());
        try {
            return WorkloadCertificate.of(leaf.key(), leaf.chain(), roots);
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
