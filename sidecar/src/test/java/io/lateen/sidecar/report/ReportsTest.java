package io.lateen.sidecar.report;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.data.accesslog.v3.AccessLogCommon;
import io.envoyproxy.envoy.data.accesslog.v3.HTTPAccessLogEntry;
import io.envoyproxy.envoy.data.accesslog.v3.TCPAccessLogEntry;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.lateen.model.naming.NodeId;
import io.lateen.sidecar.ads.NodeDescription;
import io.lateen.sidecar.exchange.ClusterFacts;
import io.lateen.sidecar.exchange.ConnectionObserver;
import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.ExchangeObserver;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.HttpProtocol;
import io.lateen.sidecar.exchange.LocalReply;
import io.lateen.sidecar.exchange.Observers;
import io.lateen.sidecar.exchange.Recording;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.exchange.Security;
import io.lateen.sidecar.exchange.TcpFlow;
import io.lateen.sidecar.exchange.WorkloadFacts;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the end of a request to somebody else's gRPC server. */
final class ReportsTest {
    private static final WorkloadFacts REVIEWS =
            new WorkloadFacts(
                    "reviews-v1", "default", "reviews", "v1", "reviews", "v1", "Kubernetes", "sa");
    private static final ClusterFacts TO_REVIEWS =
            new ClusterFacts(
                    "outbound|9080|v1|reviews.default.svc.cluster.local",
                    "reviews.default.svc.cluster.local",
                    "reviews",
                    "default",
                    false);
    private static final Recording RECORDING =
            new Recording(
                    "lateen-mixer",
                    "lateen",
                    Map.of("reporter", "source"),
                    List.of(HeaderName.of("content-type")),
                    true,
                    true,
                    true);

    private final EventLoop loop = new DefaultEventLoop();
    private ScriptedReceiver receiver;
    private Reports reports;

    @BeforeEach
    void start() throws Exception {
        receiver = new ScriptedReceiver(0);
        int port = receiver.port();
        reports =
                new Reports(
                        new Nobody(),
                        cluster ->
                                cluster.equals("lateen-mixer")
                                        ? Optional.of(channel(port))
                                        : Optional.empty(),
                        node(),
                        "1.0",
                        new Reports.Surroundings(
                                System::nanoTime,
                                System::currentTimeMillis,
                                new SplittableRandom(1)));
    }

    @AfterEach
    void stop() throws Exception {
        reports.close();
        receiver.close();
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
    }

    @Test
    void aRequestIsReportedWithAllThatIsKnownOfIt() throws Exception {
        Exchange exchange = exchange(RECORDING);
        exchange.request().add(HeaderName.of("content-type"), bytes("application/grpc"));
        exchange.request().add(HeaderName.X_REQUEST_ID, bytes("id-1"));
        exchange.chosen(TO_REVIEWS);
        exchange.attempt(REVIEWS, new InetSocketAddress("127.0.1.3", 15006));
        exchange.responded(200, 2_000_000);
        exchange.grpcStatus(14);
        exchange.received(5);
        exchange.sent(7);
        exchange.ended(30_000_000);

        report(exchange);

        eventually(() -> assertThat(receiver.requests()).hasSize(1));
        StreamAccessLogsMessage message = receiver.messages.getFirst();
        assertThat(message.getIdentifier().getLogName()).isEqualTo("lateen");
        assertThat(message.getIdentifier().getNode().getId()).isEqualTo(node().id().toString());
        HTTPAccessLogEntry entry = receiver.requests().getFirst();
        AccessLogCommon common = entry.getCommonProperties();
        assertThat(common.getUpstreamCluster()).isEqualTo(TO_REVIEWS.cluster());
        assertThat(Durations.toNanos(common.getDuration())).isEqualTo(30_000_000);
        assertThat(Durations.toNanos(common.getTimeToFirstUpstreamRxByte())).isEqualTo(2_000_000);
        assertThat(common.getStartTime().getSeconds()).isEqualTo(1);
        assertThat(common.getCustomTagsMap()).containsExactly(Map.entry("reporter", "source"));
        assertThat(common.getUpstreamRemoteAddress().getSocketAddress().getPortValue())
                .isEqualTo(15006);
        Struct peer = common.getFilterStateObjectsOrThrow("upstream_peer").unpack(Struct.class);
        assertThat(peer.getFieldsOrThrow("WORKLOAD_NAME").getStringValue()).isEqualTo("reviews-v1");
        assertThat(common.containsFilterStateObjects("downstream_peer"))
                .as("nobody said who called")
                .isFalse();
        assertThat(entry.getRequest().getPath()).isEqualTo("/reviews/0?a=b");
        assertThat(entry.getRequest().getAuthority()).isEqualTo("reviews:9080");
        assertThat(entry.getRequest().getRequestId()).isEqualTo("id-1");
        assertThat(entry.getRequest().getRequestBodyBytes()).isEqualTo(5);
        assertThat(entry.getRequest().getRequestHeadersMap())
                .containsExactly(Map.entry("content-type", "application/grpc"));
        assertThat(entry.getResponse().getResponseCode().getValue()).isEqualTo(200);
        assertThat(entry.getResponse().getResponseBodyBytes()).isEqualTo(7);
        assertThat(entry.getResponse().getResponseTrailersMap())
                .containsExactly(Map.entry("grpc-status", "14"));
    }

    @Test
    void whatTheSidecarAnsweredItselfSaysWhy() throws Exception {
        Exchange exchange = exchange(RECORDING);
        exchange.local(new Failure.NoHealthyUpstream("reviews", 3));
        exchange.responded(503, 0);
        exchange.ended(1_000);

        report(exchange);

        eventually(() -> assertThat(receiver.requests()).hasSize(1));
        HTTPAccessLogEntry entry = receiver.requests().getFirst();
        assertThat(entry.getCommonProperties().getResponseFlags().getNoHealthyUpstream()).isTrue();
        assertThat(entry.getResponse().getResponseCodeDetails())
                .contains("no healthy endpoint for 'reviews'");
    }

    @Test
    void aConnectionIsReportedWhenItHasEnded() throws Exception {
        TcpFlow flow =
                new TcpFlow(
                        Direction.OUTBOUND,
                        System.nanoTime(),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 2),
                        Security.PLAIN);
        flow.recordedBy(RECORDING);
        flow.chosen(null, TO_REVIEWS);
        flow.received(11);
        flow.sent(13);
        loop.submit(
                        () -> {
                            ConnectionObserver connections = reports.connections(loop);
                            connections.opened(flow);
                            connections.ended(flow);
                        })
                .sync();

        eventually(() -> assertThat(receiver.messages).hasSize(1));
        TCPAccessLogEntry entry = receiver.messages.getFirst().getTcpLogs().getLogEntry(0);
        assertThat(entry.getConnectionProperties().getReceivedBytes()).isEqualTo(11);
        assertThat(entry.getConnectionProperties().getSentBytes()).isEqualTo(13);
        assertThat(entry.getCommonProperties().getUpstreamCluster())
                .isEqualTo(TO_REVIEWS.cluster());
    }

    @Test
    void manyRequestsGoInBatchesAndNoneIsLost() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            report(exchange(RECORDING));
        }

        eventually(() -> assertThat(receiver.requests()).hasSize(3_000));
        assertThat(receiver.messages).as("batches").hasSizeLessThan(20);
        assertThat(reports.sent()).isEqualTo(3_000);
        assertThat(reports.dropped()).isZero();
    }

    @Test
    void whatFindsNoRoomIsCountedAndToldWhenTheReceiverIsBack() throws Exception {
        int port = receiver.port();
        receiver.close();
        int many = RecordQueue.MOST_RECORDS + 5_000;
        for (int i = 0; i < many; i++) {
            report(exchange(RECORDING));
        }
        eventually(() -> assertThat(reports.dropped()).isPositive());
        receiver = new ScriptedReceiver(port);

        report(exchange(RECORDING));

        eventually(
                () ->
                        assertThat(receiver.requests().size() + reports.dropped())
                                .isEqualTo(many + 1));
        long told =
                receiver.requests().stream()
                        .map(
                                each ->
                                        each.getCommonProperties()
                                                .getCustomTagsOrDefault("lateen.dropped", "0"))
                        .collect(Collectors.summingLong(Long::parseLong));
        assertThat(told).isEqualTo(reports.dropped());
    }

    @Test
    void whereNobodyIsToBeToldNothingRuns() throws Exception {
        report(exchange(null));

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("lateen-reports");
        assertThat(receiver.messages).isEmpty();
    }

    private void report(Exchange exchange) throws InterruptedException {
        loop.submit(() -> reports.exchanges(loop).ended(exchange)).sync();
    }

    private static ManagedChannel channel(int port) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static NodeDescription node() {
        return new NodeDescription(
                NodeId.parse("sidecar~127.0.1.1~productpage-v1-1.default~default.svc.cluster.local")
                        .orElseThrow(),
                new NodeDescription.Workload(
                        "productpage-v1-1",
                        "productpage-v1",
                        Map.of("app", "productpage"),
                        "sa",
                        "Kubernetes",
                        "cluster.local",
                        NodeDescription.Locality.UNKNOWN),
                List.of(),
                false,
                1);
    }

    private Exchange exchange(@org.jspecify.annotations.Nullable Recording recording) {
        Exchange exchange =
                new Exchange(
                        new Unmoved(),
                        new Exchange.Origin(
                                loop,
                                new SplittableRandom(1),
                                Direction.OUTBOUND,
                                HttpProtocol.HTTP_1_1,
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 2),
                                Security.PLAIN,
                                0,
                                1_000),
                        RequestHead.of("GET", "reviews:9080", "/reviews/0?a=b"),
                        new ResponseHead());
        exchange.recordedBy(recording);
        return exchange;
    }

    /** Hears of everything and does nothing. */
    private static final class Nobody implements Observers {
        @Override
        public ExchangeObserver exchanges(EventLoop loop) {
            return exchange -> {};
        }

        @Override
        public ConnectionObserver connections(EventLoop loop) {
            return new ConnectionObserver() {
                @Override
                public void opened(TcpFlow flow) {}

                @Override
                public void ended(TcpFlow flow) {}
            };
        }
    }

    /** Nobody carries these exchanges. */
    private static final class Unmoved implements Exchange.Carrier {
        @Override
        public void resume() {}

        @Override
        public void fail(Failure failure) {}

        @Override
        public void answer(LocalReply reply) {}

        @Override
        public void resumeAfter(long nanos) {}
    }
}
