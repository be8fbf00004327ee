package io.lateen.bench.micro;

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
import io.lateen.sidecar.report.Reports;
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
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What taking down a record costs the event loop at the end of a request. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"})
public class RecordCost {

    private final EventLoop loop = new DefaultEventLoop();
    private final Reports reports =
            new Reports(
                    new Nobody(),
                    cluster -> Optional.empty(),
                    node(),
                    "1.0",
                    new Reports.Surroundings(
                            System::nanoTime, System::currentTimeMillis, new SplittableRandom(1)));
    private final ExchangeObserver observer = reports.exchanges(loop);
    private final Exchange recorded =
            exchange(
                    new Recording(
                            "lateen-mixer",
                            "lateen",
                            Map.of("reporter", "source"),
                            List.of(HeaderName.of("content-type")),
                            true,
                            true,
                            true));
    private final Exchange unrecorded = exchange(null);

    /** No listener names a receiver. */
    @Benchmark
    public void off() {
        observer.ended(unrecorded);
    }

    /** With one; the receiver is away, so that batches end in the counter. */
    @Benchmark
    public void on() {
        observer.ended(recorded);
    }

    /** Ends the threads. */
    @TearDown
    public void close() {
        reports.close();
        var _ = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    private Exchange exchange(@Nullable Recording recording) {
        RequestHead head = RequestHead.of("GET", "reviews:9080", "/reviews/0");
        head.add(HeaderName.X_REQUEST_ID, bytes("5b0ae5b9-a8d0-41b5-9a1e-6f1d7c2ab001"));
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
                        head,
                        new ResponseHead());
        exchange.recordedBy(recording);
        exchange.chosen(
                new ClusterFacts(
                        "outbound|9080||reviews.default.svc.cluster.local",
                        "reviews.default.svc.cluster.local",
                        "reviews",
                        "default",
                        false));
        exchange.responded(200, 1_000_000);
        exchange.ended(2_000_000);
        return exchange;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static NodeDescription node() {
        return new NodeDescription(
                NodeId.parse("sidecar~127.0.1.1~a-1.default~default.svc.cluster.local")
                        .orElseThrow(),
                new NodeDescription.Workload(
                        "a-1",
                        "a",
                        Map.of(),
                        "sa",
                        "Kubernetes",
                        "cluster.local",
                        NodeDescription.Locality.UNKNOWN),
                List.of(),
                false,
                1);
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
