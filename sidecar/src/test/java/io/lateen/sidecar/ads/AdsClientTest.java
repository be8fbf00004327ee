package io.lateen.sidecar.ads;

import static io.lateen.testkit.wait.Eventually.eventually;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.grpc.InsecureChannelCredentials;
import io.lateen.model.naming.NodeId;
import io.lateen.model.naming.ProxyType;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdsClientTest {

    private static final String HEALTH = "type.googleapis.com/istio.v1.HealthInformation";

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final MultiThreadIoEventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final RecordingSink sink = new RecordingSink();
    private final List<String> connections = new CopyOnWriteArrayList<>();
    private final List<AdsClient> clients = new ArrayList<>();
    private ScriptedManager manager;

    AdsClientTest() throws IOException {
        manager = new ScriptedManager();
    }

    @BeforeEach
    void wantsTheEndpointsOfOneCluster() {
        sink.wanted.add("c1");
    }

    @AfterEach
    void close() throws Exception {
        for (AdsClient client : clients) {
            client.stop().get(5, TimeUnit.SECONDS);
        }
        manager.close();
        thread.shutdownNow();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
    }

    @Test
    void saysTheHealthAgainSoThatItIsNotTakenForHung() {
        start(manager.address()).report(new Health.Healthy());

        eventually(
                () ->
                        assertThat(stream(0).requests)
                                .filteredOn(request -> request.getTypeUrl().equals(HEALTH))
                                .hasSizeGreaterThan(2));
        assertThat(
                        stream(0)
                                .requests
                                .getFirst()
                                .getNode()
                                .getMetadata()
                                .getFieldsOrThrow("LATEEN_HEARTBEAT")
                                .getStringValue())
                .isEqualTo("2000");
    }

    @Test
    void introducesItselfOnceAndSubscribes() {
        start(manager.address());

        ScriptedManager.Stream stream = stream(0);
        eventually(() -> assertThat(stream.of(ResourceType.ENDPOINTS)).hasSize(1));
        assertThat(stream.requests.getFirst().getNode().getId())
                .isEqualTo("sidecar~127.0.1.3~reviews-v1.default~default.svc.cluster.local");
        assertThat(
                        stream.requests
                                .getFirst()
                                .getNode()
                                .getMetadata()
                                .getFieldsOrThrow("LATEEN_SERVICES")
                                .getListValue()
                                .getValues(0)
                                .getStructValue()
                                .getFieldsOrThrow("inboundPort")
                                .getNumberValue())
                .isEqualTo(15006);
        assertThat(stream.requests.stream().skip(1))
                .as("later requests need no node")
                .noneMatch(DeltaDiscoveryRequest::hasNode);
        assertThat(stream.of(ResourceType.CLUSTERS).getFirst().getResourceNamesSubscribeList())
                .as("a wildcard names nothing")
                .isEmpty();
        assertThat(stream.of(ResourceType.ENDPOINTS).getFirst().getResourceNamesSubscribeList())
                .containsExactly("c1");
    }

    @Test
    void acknowledgesAndFollowsWhatIsNeeded() {
        start(manager.address());
        ScriptedManager.Stream stream = stream(0);
        sink.wantedAfter = Set.of("c1", "c2");

        stream.send(update(ResourceType.CLUSTERS, "c2"), "n1");

        eventually(
                () -> {
                    DeltaDiscoveryRequest ack = stream.of(ResourceType.CLUSTERS).getLast();
                    assertThat(ack.getResponseNonce()).isEqualTo("n1");
                    assertThat(ack.hasErrorDetail()).isFalse();
                    assertThat(
                                    stream.of(ResourceType.ENDPOINTS)
                                            .getLast()
                                            .getResourceNamesSubscribeList())
                            .containsExactly("c2");
                });
        sink.wantedAfter = Set.of("c2");
        stream.send(update(ResourceType.CLUSTERS, "c3"), "n2");

        eventually(
                () ->
                        assertThat(
                                        stream.of(ResourceType.ENDPOINTS)
                                                .getLast()
                                                .getResourceNamesUnsubscribeList())
                                .containsExactly("c1"));
    }

    @Test
    void refusesByNameAndReason() {
        start(manager.address());
        ScriptedManager.Stream stream = stream(0);
        sink.rejections = List.of(new Rejection("bad", "lb_policy: is not supported"));

        stream.send(update(ResourceType.CLUSTERS, "good", "bad"), "n1");

        eventually(
                () -> {
                    DeltaDiscoveryRequest nack = stream.of(ResourceType.CLUSTERS).getLast();
                    assertThat(nack.getResponseNonce()).isEqualTo("n1");
                    assertThat(nack.getErrorDetail().getMessage())
                            .isEqualTo("bad: lb_policy: is not supported");
                });
    }

    @Test
    void comesBackWithTheVersionsThatItHolds() {
        start(manager.address());
        sink.versions.put("c1", "v7");

        stream(0).fail();

        ScriptedManager.Stream again = stream(1);
        eventually(
                () ->
                        assertThat(
                                        again.of(ResourceType.CLUSTERS)
                                                .getFirst()
                                                .getInitialResourceVersionsMap())
                                .isEqualTo(Map.of("c1", "v7")));
        assertThat(again.requests.getFirst().hasNode()).isTrue();
    }

    @Test
    void goesToTheOtherManagerWhenOneDies() throws IOException {
        try (ScriptedManager other = new ScriptedManager()) {
            start(manager.address(), other.address());
            eventually(
                    () ->
                            assertThat(manager.streams().size() + other.streams().size())
                                    .isEqualTo(1));
            boolean first = !manager.streams().isEmpty();

            (first ? manager : other).close();

            eventually(() -> assertThat((first ? other : manager).streams()).isNotEmpty());
        }
    }

    @Test
    void findsAManagerThatComesLater() throws IOException {
        ManagerAddress later = manager.address();
        manager.close();
        start(later);
        eventually(() -> assertThat(connections).contains("lost"));

        manager = new ScriptedManager(later.port());

        eventually(() -> assertThat(manager.streams()).isNotEmpty());
    }

    @Test
    void saysAtOnceThatItLeaves() throws Exception {
        AdsClient client = start(manager.address());
        ScriptedManager.Stream stream = stream(0);

        client.stop().get(5, TimeUnit.SECONDS);

        assertThat(stream.halfClosed).isTrue();
        assertThat(manager.streams()).hasSize(1);
    }

    @Test
    void reportsHealthNowAndOnEveryLaterStream() {
        AdsClient client = start(manager.address());
        client.report(new Health.Unhealthy("tcp 127.0.1.3:9080: refused"));
        client.report(new Health.Healthy());

        eventually(() -> assertThat(health(stream(0))).hasSize(2));
        assertThat(health(stream(0)).getFirst().getErrorDetail().getMessage()).contains("refused");
        assertThat(health(stream(0)).getLast().hasErrorDetail()).isFalse();
        stream(0).fail();

        eventually(() -> assertThat(health(stream(1))).hasSize(1));
    }

    @Test
    void aWithdrawalIsDoneWhenTheManagerSaysThatEverybodyKnows() {
        AdsClient client = start(manager.address());
        client.report(new Health.Healthy());
        eventually(() -> assertThat(health(stream(0))).hasSize(1));

        CompletableFuture<Void> withdrawn = client.withdraw("leaving");
        eventually(() -> assertThat(health(stream(0)).getLast().hasErrorDetail()).isTrue());
        assertThat(health(stream(0)).getFirst().getResourceNamesSubscribeList()).isEmpty();
        assertThat(health(stream(0)).getLast().getResourceNamesSubscribeList())
                .containsExactly("withdrawal");
        assertThat(withdrawn).isNotDone();
        stream(0).fail();

        eventually(() -> assertThat(health(stream(1))).hasSize(1));
        assertThat(health(stream(1)).getFirst().getResourceNamesSubscribeList())
                .as("asked again")
                .containsExactly("withdrawal");
        assertThat(withdrawn).isNotDone();
        stream(1).sayWithdrawn();

        eventually(() -> assertThat(withdrawn).isDone());
    }

    @Test
    void withoutAManagerThereIsNobodyToTell() {
        ManagerAddress nobody = manager.address();
        manager.close();

        assertThat(start(nobody).withdraw("leaving")).succeedsWithin(5, SECONDS);
    }

    private static List<DeltaDiscoveryRequest> health(ScriptedManager.Stream stream) {
        return stream.requests.stream()
                .filter(request -> request.getTypeUrl().equals(HEALTH))
                .toList();
    }

    private ScriptedManager.Stream stream(int index) {
        eventually(() -> assertThat(manager.streams()).hasSizeGreaterThan(index));
        ScriptedManager.Stream stream = manager.streams().get(index);
        eventually(() -> assertThat(stream.requests).isNotEmpty());
        return stream;
    }

    private AdsClient start(ManagerAddress... managers) {
        NodeDescription node =
                new NodeDescription(
                        new NodeId(
                                ProxyType.SIDECAR,
                                "127.0.1.3",
                                "reviews-v1",
                                "default",
                                "cluster.local"),
                        new NodeDescription.Workload(
                                "reviews-v1-1",
                                "reviews-v1",
                                Map.of("app", "reviews"),
                                "default",
                                "Kubernetes",
                                "cluster.local",
                                NodeDescription.Locality.UNKNOWN),
                        List.of(
                                new NodeDescription.ServedService(
                                        "reviews",
                                        "default",
                                        9080,
                                        "http",
                                        15006,
                                        "127.0.1.3",
                                        9080)),
                        false,
                        1);
        AdsClient client =
                new AdsClient(
                        new AdsClient.Subscription(List.of(managers), node, "test"),
                        sink,
                        new Connections(),
                        new AdsClient.Surroundings(
                                new GrpcChannels(
                                        loops,
                                        NioSocketChannel.class,
                                        InsecureChannelCredentials.create(),
                                        thread),
                                thread,
                                new Random(1)));
        clients.add(client);
        client.start();
        return client;
    }

    private static ConfigurationUpdate update(ResourceType type, String... names) {
        List<XdsResource> resources = new ArrayList<>();
        for (String name : names) {
            resources.add(new XdsResource(name, "v1", Any.getDefaultInstance()));
        }
        return new ConfigurationUpdate(type, 3, resources, List.of());
    }

    private final class Connections implements AdsListener {

        @Override
        public void connected(String manager) {
            connections.add("open");
        }

        @Override
        public void disconnected(String manager, String reason) {
            connections.add("lost");
        }

        @Override
        public void received(ConfigurationUpdate update, List<Rejection> rejections) {
            connections.add("received");
        }
    }

    /** Wants what it is told to want; used by the configuration thread. */
    private static final class RecordingSink implements ConfigurationSink {

        private final Set<String> wanted = ConcurrentHashMap.newKeySet();
        private final Map<String, String> versions = new ConcurrentHashMap<>();
        private volatile List<Rejection> rejections = List.of();
        private volatile Set<String> wantedAfter = Set.of();

        @Override
        public List<Rejection> accept(ConfigurationUpdate update) {
            if (!wantedAfter.isEmpty()) {
                wanted.clear();
                wanted.addAll(wantedAfter);
            }
            return rejections;
        }

        @Override
        public Set<String> wanted(ResourceType type) {
            return type == ResourceType.ENDPOINTS ? new TreeSet<>(wanted) : Set.of();
        }

        @Override
        public Map<String, String> versions(ResourceType type) {
            return type == ResourceType.CLUSTERS ? Map.copyOf(versions) : Map.of();
        }
    }
}
