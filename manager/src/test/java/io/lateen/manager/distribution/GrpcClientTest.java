package io.lateen.manager.distribution;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.grpc.xds.XdsNameResolverProvider;
import io.lateen.manager.snapshot.ServiceCatalog;
import io.lateen.model.naming.Hostname;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Health;
import io.lateen.model.service.Locality;
import io.lateen.model.service.Protocol;
import io.lateen.model.service.Resolution;
import io.lateen.model.service.Service;
import io.lateen.model.service.ServicePort;
import io.lateen.model.service.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * grpc-java's own xDS client against the manager: it resolves a service of the mesh, balances over
 * its endpoints, and follows the weights of a VirtualService.
 */
final class GrpcClientTest {

    private static final Hostname ECHO = new Hostname("echo.default.svc.cluster.local");

    private static final String SUBSETS =
            """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: echo, namespace: default}
            spec:
              host: echo
              trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}
              subsets:
              - {name: v1, labels: {version: v1}}
              - {name: v2, labels: {version: v2}}
            """;

    private final Watching watching = new Watching();
    private final StraightLine manager = new StraightLine(watching);
    private final XdsNameResolverProvider resolver =
            XdsNameResolverProvider.createForTest("xds" + manager.port(), bootstrap());
    private final Server first = version(ServingStatus.SERVING);
    private final Server second = version(ServingStatus.NOT_SERVING);
    private @Nullable ManagedChannel channel;

    @BeforeEach
    void connect() {
        manager.registry.become(
                new ServiceCatalog(
                        List.of(service()),
                        List.of(endpoint(first, "v1"), endpoint(second, "v2"))));
        manager.rules(SUBSETS);
        NameResolverRegistry.getDefaultRegistry().register(resolver);
        channel =
                Grpc.newChannelBuilder(
                                "xds" + manager.port() + ":///" + ECHO + ":7070",
                                InsecureChannelCredentials.create())
                        .build();
    }

    @AfterEach
    void disconnect() {
        if (channel != null) {
            channel.shutdownNow();
        }
        NameResolverRegistry.getDefaultRegistry().deregister(resolver);
        first.shutdownNow();
        second.shutdownNow();
        manager.close();
    }

    @Test
    void resolvesAServiceAndBalancesOverItsEndpoints() {
        Map<ServingStatus, Integer> answers = call(40);

        assertThat(answers.get(ServingStatus.SERVING)).isBetween(15, 25);
        assertThat(answers.get(ServingStatus.NOT_SERVING)).isBetween(15, 25);
    }

    @Test
    void followsTheWeightsOfAVirtualServiceAndEachChangeOfThem() {
        call(1);

        long all = manager.rules(SUBSETS + weights(100, 0));
        eventually(() -> assertThat(watching.inForce("client")).isGreaterThanOrEqualTo(all));
        eventually(() -> assertThat(call(20)).containsOnlyKeys(ServingStatus.SERVING));

        manager.rules(SUBSETS + weights(0, 100));
        eventually(() -> assertThat(call(20)).containsOnlyKeys(ServingStatus.NOT_SERVING));

        long split = manager.rules(SUBSETS + weights(80, 20));
        eventually(() -> assertThat(watching.inForce("client")).isGreaterThanOrEqualTo(split));
        eventually(() -> assertThat(call(20)).hasSize(2));
        Map<ServingStatus, Integer> answers = call(1000);
        assertThat(answers.get(ServingStatus.SERVING)).isBetween(750, 850);
    }

    @Test
    void anEndpointThatGoesIsNoLongerCalled() {
        call(1);

        manager.registry.become(
                new ServiceCatalog(List.of(service()), List.of(endpoint(second, "v2"))));

        eventually(() -> assertThat(call(20)).containsOnlyKeys(ServingStatus.NOT_SERVING));
    }

    private Map<ServingStatus, Integer> call(int times) {
        Map<ServingStatus, Integer> answers = new EnumMap<>(ServingStatus.class);
        for (int i = 0; i < times; i++) {
            HealthCheckResponse answer =
                    HealthGrpc.newBlockingStub(Objects.requireNonNull(channel))
                            .withDeadlineAfter(10, TimeUnit.SECONDS)
                            .withWaitForReady()
                            .check(HealthCheckRequest.getDefaultInstance());
            answers.merge(answer.getStatus(), 1, Integer::sum);
        }
        return answers;
    }

    private Map<String, ?> bootstrap() {
        return Map.of(
                "xds_servers",
                List.of(
                        Map.of(
                                "server_uri",
                                "127.0.0.1:" + manager.port(),
                                "channel_creds",
                                List.of(Map.of("type", "insecure")),
                                "server_features",
                                List.of("xds_v3"))),
                "node",
                Map.of(
                        "id",
                        "sidecar~127.0.0.1~client.default~default.svc.cluster.local",
                        "metadata",
                        Map.of("GENERATOR", "grpc", "NAMESPACE", "default", "NAME", "client")));
    }

    private static String weights(int first, int second) {
        return """
               ---
               apiVersion: networking.istio.io/v1
               kind: VirtualService
               metadata: {name: echo, namespace: default}
               spec:
                 hosts: [echo]
                 http:
                 - route:
                   - {destination: {host: echo, subset: v1}, weight: %d}
                   - {destination: {host: echo, subset: v2}, weight: %d}
               """
                .formatted(first, second);
    }

    private static Service service() {
        return new Service(
                ECHO,
                "default",
                "echo",
                List.of(new ServicePort(7070, "grpc", Protocol.GRPC, 7070)),
                List.of(),
                Resolution.STATIC,
                false,
                List.of(),
                List.of(),
                Map.of(),
                Instant.EPOCH,
                "fixed");
    }

    private static Endpoint endpoint(Server server, String version) {
        return new Endpoint(
                ECHO,
                7070,
                "127.0.0.1",
                server.getPort(),
                new Workload(
                        "echo-" + version,
                        "default",
                        "echo-" + version,
                        "",
                        Map.of("app", "echo", "version", version),
                        "Kubernetes",
                        Locality.UNKNOWN),
                Health.HEALTHY,
                1);
    }

    private static Server version(ServingStatus answer) {
        try {
            return NettyServerBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(
                            new HealthGrpc.HealthImplBase() {
                                @Override
                                public void check(
                                        HealthCheckRequest request,
                                        StreamObserver<HealthCheckResponse> out) {
                                    out.onNext(
                                            HealthCheckResponse.newBuilder()
                                                    .setStatus(answer)
                                                    .build());
                                    out.onCompleted();
                                }
                            })
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
