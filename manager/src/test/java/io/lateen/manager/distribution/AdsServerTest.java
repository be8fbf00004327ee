package io.lateen.manager.distribution;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams on real sockets: how they begin, end, and what the manager hears of it. */
final class AdsServerTest {

    private final Watching watching = new Watching();
    private final StraightLine manager = new StraightLine(watching);
    private final SocketProxy proxy = new SocketProxy("echo-1", "127.0.1.3");

    @AfterEach
    void stop() {
        proxy.close();
        manager.close();
    }

    @Test
    void tellsTheHealthOfAWorkloadOnAndDoesNotAnswerIt() {
        proxy.connect(manager.port()).healthy();

        eventually(
                () -> assertThat(watching.events).containsExactly("connected echo-1", "healthy"));
        assertThat(proxy.received())
                .noneMatch(
                        response ->
                                response.startsWith(
                                        "type.googleapis.com/istio.v1.HealthInformation"));
    }

    @Test
    void tellsAGoodbyeFromABrokenConnection() {
        proxy.connect(manager.port());
        eventually(() -> assertThat(watching.events).contains("connected echo-1"));
        proxy.stop();
        eventually(() -> assertThat(watching.events).endsWith("disconnected echo-1 CLEAN"));

        SocketProxy killed = new SocketProxy("echo-2", "127.0.1.4").connect(manager.port());
        eventually(() -> assertThat(watching.events).endsWith("connected echo-2"));
        killed.close();
        eventually(() -> assertThat(watching.events).endsWith("disconnected echo-2 BROKEN"));
    }

    @Test
    void sendsNothingToAProxyThatComesBackWithAllOfIt() {
        proxy.connect(manager.port());
        long revision = manager.rules("");
        eventually(() -> assertThat(watching.inForce("echo-1")).isEqualTo(revision));
        assertThat(proxy.received())
                .anyMatch(response -> response.startsWith(SocketProxy.CDS))
                .anyMatch(response -> response.startsWith(SocketProxy.LDS));
        watching.progress.clear();

        proxy.close();
        proxy.connect(manager.port());

        eventually(() -> assertThat(watching.inForce("echo-1")).isEqualTo(revision));
        assertThat(proxy.received()).isEmpty();
    }

    @Test
    void refusesAClientWhoseNodeItCannotRead() {
        Answers answers = new Answers();
        ManagedChannel channel =
                NettyChannelBuilder.forAddress(
                                new InetSocketAddress(
                                        InetAddress.getLoopbackAddress(), manager.port()))
                        .usePlaintext()
                        .build();
        try {
            AggregatedDiscoveryServiceGrpc.newStub(channel)
                    .streamAggregatedResources(answers)
                    .onNext(
                            DiscoveryRequest.newBuilder()
                                    .setTypeUrl(SocketProxy.CDS)
                                    .setNode(Node.newBuilder().setId("my-envoy"))
                                    .build());

            eventually(() -> assertThat(answers.errors).hasSize(1));
            assertThat(answers.errors.getFirst().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(answers.errors.getFirst().getDescription()).contains("node.id");
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void countsWhatItDoes() {
        proxy.connect(manager.port());
        long revision = manager.rules("");
        eventually(() -> assertThat(watching.inForce("echo-1")).isEqualTo(revision));

        assertThat(manager.meters.get("pilot_xds").gauge().value()).isEqualTo(1);
        assertThat(manager.meters.get("pilot_xds_pushes").tag("type", "lds").counter().count())
                .isPositive();
        assertThat(manager.meters.get("pilot_proxy_convergence_time").timer().count()).isPositive();
    }

    /** Keeps the errors of a stream. */
    private static final class Answers implements StreamObserver<DiscoveryResponse> {

        private final List<Status> errors = new CopyOnWriteArrayList<>();

        @Override
        public void onNext(DiscoveryResponse response) {}

        @Override
        public void onError(Throwable cause) {
            errors.add(Status.fromThrowable(cause));
        }

        @Override
        public void onCompleted() {}
    }
}
