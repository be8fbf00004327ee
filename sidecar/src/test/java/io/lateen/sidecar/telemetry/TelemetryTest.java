package io.lateen.sidecar.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.exchange.ClusterFacts;
import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.ExchangeObserver;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.HttpProtocol;
import io.lateen.sidecar.exchange.LocalReply;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.exchange.Security;
import io.lateen.sidecar.exchange.TcpFlow;
import io.lateen.sidecar.exchange.WorkloadFacts;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalAddress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelemetryTest {

    private static final WorkloadFacts REVIEWS =
            new WorkloadFacts(
                    "reviews-v1", "default", "reviews", "v1", "reviews", "v1", "Kubernetes", "sa");
    private static final WorkloadFacts PRODUCTPAGE =
            new WorkloadFacts(
                    "productpage-v1",
                    "default",
                    "productpage",
                    "v1",
                    "productpage",
                    "v1",
                    "Kubernetes",
                    "sa");
    private static final ClusterFacts TO_REVIEWS =
            new ClusterFacts(
                    "outbound|9080|v1|reviews.default.svc.cluster.local",
                    "reviews.default.svc.cluster.local",
                    "reviews",
                    "default",
                    false);

    private final EventLoop one = new DefaultEventLoop();
    private final EventLoop two = new DefaultEventLoop();
    private final Telemetry telemetry =
            new Telemetry(PRODUCTPAGE, "1.0", Map.of(Metrics.PLAN_REVISION, () -> 7), null);

    @AfterEach
    void close() {
        var _ = one.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        var _ = two.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @Test
    void addsUpWhatEveryLoopCounted() {
        ExchangeObserver first = telemetry.exchanges(one);
        ExchangeObserver second = telemetry.exchanges(two);
        for (int i = 0; i < 3; i++) {
            first.ended(outbound(200, 30_000_000));
        }
        second.ended(outbound(200, 400_000));
        second.ended(outbound(503, 1_000_000));

        StrictExposition.Parsed scrape = StrictExposition.parse(telemetry.scrape(false));

        assertThat(
                        scrape.value(
                                "istio_requests_total",
                                "response_code",
                                "200",
                                "reporter",
                                "source"))
                .isEqualTo(4);
        assertThat(scrape.value("istio_requests_total", "response_code", "503")).isEqualTo(1);
        assertThat(
                        scrape.value(
                                "istio_request_duration_milliseconds_bucket",
                                "response_code",
                                "200",
                                "le",
                                "0.5"))
                .isEqualTo(1);
        assertThat(
                        scrape.value(
                                "istio_request_duration_milliseconds_bucket",
                                "response_code",
                                "200",
                                "le",
                                "50"))
                .isEqualTo(4);
        assertThat(scrape.value("istio_request_duration_milliseconds_sum", "response_code", "200"))
                .isEqualTo(90.4);
        assertThat(scrape.value("lateen_plan_revision")).isEqualTo(7);
    }

    @Test
    void hasIstiosLabelsAndBuckets() {
        telemetry.exchanges(one).ended(outbound(200, 1));

        StrictExposition.Parsed scrape = StrictExposition.parse(telemetry.scrape(false));

        Map<String, String> labels = scrape.labels("istio_requests_total");
        assertThat(labels)
                .containsEntry("source_workload", "productpage-v1")
                .containsEntry("source_canonical_revision", "v1")
                .containsEntry("destination_workload", "reviews-v1")
                .containsEntry("destination_service", "reviews.default.svc.cluster.local")
                .containsEntry("destination_service_name", "reviews")
                .containsEntry("destination_service_namespace", "default")
                .containsEntry("destination_principal", "unknown")
                .containsEntry("request_protocol", "http")
                .containsEntry("response_flags", "-")
                .containsEntry("connection_security_policy", "unknown");
        assertThat(labels.keySet())
                .containsAll(Metrics.TRAFFIC_LABELS)
                .containsAll(Metrics.REQUEST_LABELS);
        assertThat(scrape.count("istio_request_bytes_bucket"))
                .as("Istio's twenty buckets")
                .isEqualTo(20);
    }

    @Test
    void namesTheCallerOfAnInboundRequest() {
        Exchange exchange = exchange(Direction.INBOUND);
        exchange.peer(REVIEWS);
        exchange.responded(200, 1);
        telemetry.exchanges(one).ended(exchange);

        Map<String, String> labels =
                StrictExposition.parse(telemetry.scrape(false)).labels("istio_requests_total");

        assertThat(labels)
                .containsEntry("reporter", "destination")
                .containsEntry("source_workload", "reviews-v1")
                .containsEntry("destination_workload", "productpage-v1")
                .containsEntry("connection_security_policy", "none");
    }

    @Test
    void writesOneSeriesForClustersThatDifferInNoLabel() {
        ExchangeObserver observer = telemetry.exchanges(one);
        for (String subset : List.of("v1", "v2")) {
            Exchange exchange = exchange(Direction.OUTBOUND);
            exchange.chosen(
                    new ClusterFacts(
                            "outbound|80|" + subset + "|h", "h", "reviews", "default", false));
            exchange.local(new Failure.NoHealthyUpstream("c", 0));
            exchange.responded(503, 1);
            observer.ended(exchange);
        }

        StrictExposition.Parsed scrape = StrictExposition.parse(telemetry.scrape(false));

        assertThat(scrape.value("istio_requests_total", "response_flags", "UH")).isEqualTo(2);
    }

    @Test
    void boundsTheSeriesThatPeersCanMake() {
        ExchangeObserver observer = telemetry.exchanges(one);
        int requests = HttpTable.MOST_SERIES + 500;
        for (int i = 0; i < requests; i++) {
            Exchange exchange = exchange(Direction.INBOUND);
            exchange.peer(new WorkloadFacts("w" + i, "", "", "", "", "", "", ""));
            exchange.responded(200, 1);
            observer.ended(exchange);
        }

        StrictExposition.Parsed scrape = StrictExposition.parse(telemetry.scrape(false));

        assertThat(scrape.count("istio_requests_total")).isEqualTo(HttpTable.MOST_SERIES + 1);
        assertThat(scrape.value("istio_requests_total", "source_workload", "overflow"))
                .isEqualTo(500);
        assertThat(scrape.value("lateen_series_overflowed_total")).isEqualTo(500);
    }

    @Test
    void countsConnectionsAndTheirBytes() {
        TcpFlow flow =
                new TcpFlow(
                        Direction.OUTBOUND,
                        0,
                        new LocalAddress("a"),
                        new LocalAddress("b"),
                        Security.PLAIN);
        flow.chosen(null, TO_REVIEWS);
        flow.received(10);
        flow.sent(1_000);
        var observer = telemetry.connections(one);
        observer.opened(flow);
        flow.sent(24);
        observer.ended(flow);

        StrictExposition.Parsed scrape = StrictExposition.parse(telemetry.scrape(false));

        assertThat(scrape.value("istio_tcp_connections_opened_total")).isEqualTo(1);
        assertThat(scrape.value("istio_tcp_connections_closed_total")).isEqualTo(1);
        assertThat(scrape.value("istio_tcp_sent_bytes_total")).isEqualTo(1_024);
        assertThat(scrape.value("istio_tcp_received_bytes_total")).isEqualTo(10);
        assertThat(scrape.labels("istio_tcp_sent_bytes_total"))
                .containsEntry("request_protocol", "tcp")
                .doesNotContainKey("response_code");
    }

    @Test
    void speaksOpenMetricsToWhoeverAsks() {
        telemetry.exchanges(one).ended(outbound(200, 1));

        String text = telemetry.scrape(true);

        assertThat(text)
                .endsWith("# EOF\n")
                .contains("# TYPE istio_requests counter\n")
                .contains("\nistio_requests_total{");
    }

    @Test
    void escapesWhatAPeerSaysOfItself() {
        Exchange exchange = exchange(Direction.INBOUND);
        exchange.peer(new WorkloadFacts("a\"b\\c\nd", "", "", "", "", "", "", ""));
        exchange.responded(200, 1);
        telemetry.exchanges(one).ended(exchange);

        assertThat(StrictExposition.parse(telemetry.scrape(false)).labels("istio_requests_total"))
                .containsEntry("source_workload", "a\"b\\c\nd");
    }

    @Test
    void writesAnAccessRecordInEnvoysDefaultText() {
        Exchange exchange = outbound(200, 12_000_000);
        exchange.request().add(HeaderName.USER_AGENT, bytes("curl\"x"));

        StringBuilder line = new StringBuilder();
        AccessRecord.text(exchange, line);

        assertThat(line.toString())
                .isEqualTo(
                        "[1970-01-01T00:00:01.000Z] \"GET /reviews/0?a=b HTTP/1.1\" 200 - 5 7 12 -"
                                + " \"-\" \"curl\\\"x\" \"-\" \"reviews:9080\" \"-\"\n");
    }

    @Test
    void saysWhyInTheRecordOfARefusal() {
        Exchange exchange = exchange(Direction.OUTBOUND);
        exchange.local(new Failure.NoRoute("reviews", "/x"));
        exchange.responded(404, 1);

        StringBuilder json = new StringBuilder();
        AccessRecord.json(exchange, json);

        assertThat(json.toString())
                .contains("\"response_code\":404")
                .contains("\"response_flags\":\"NR\"")
                .contains("\"reason\":\"no route matches host 'reviews'")
                .endsWith("}\n");
    }

    @Test
    void writesEveryQueuedRecordBeforeItCloses() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (AccessLog log = new AccessLog(AccessLog.Format.JSON, out)) {
            for (int i = 0; i < 100; i++) {
                log.ended(outbound(200, 1));
            }
        }

        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(100);
    }

    private Exchange outbound(int status, long nanos) {
        Exchange exchange = exchange(Direction.OUTBOUND);
        exchange.chosen(TO_REVIEWS);
        exchange.attempt(REVIEWS, null);
        exchange.responded(status, 1);
        exchange.received(5);
        exchange.sent(7);
        exchange.ended(nanos);
        return exchange;
    }

    private Exchange exchange(Direction direction) {
        return new Exchange(
                new Unmoved(),
                new Exchange.Origin(
                        one,
                        new SplittableRandom(1),
                        direction,
                        HttpProtocol.HTTP_1_1,
                        new LocalAddress("client"),
                        new LocalAddress("sidecar"),
                        Security.PLAIN,
                        0,
                        1_000),
                RequestHead.of("GET", "reviews:9080", "/reviews/0?a=b"),
                new ResponseHead());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Nobody carries these exchanges. */
    private static final class Unmoved implements Exchange.Carrier {

        private final List<String> calls = new ArrayList<>();

        @Override
        public void resume() {
            calls.add("resume");
        }

        @Override
        public void fail(Failure failure) {
            calls.add("fail");
        }

        @Override
        public void answer(LocalReply reply) {
            calls.add("answer");
        }

        @Override
        public void resumeAfter(long nanos) {
            calls.add("resumeAfter");
        }
    }
}
