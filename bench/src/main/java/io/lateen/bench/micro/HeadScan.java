package io.lateen.bench.micro;

import io.lateen.bench.load.Request;
import io.lateen.bench.load.Target;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.http1.HeadScanner;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.infra.Blackhole;

/** The head of the benchmark's request, scanned by us and decoded by Netty. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"})
public class HeadScan {

    private final byte[] request =
            new Request("/reviews/1k")
                    .bytes(new Target(InetSocketAddress.createUnresolved("a", 1), "reviews:9080"));
    private final ByteBuf arriving = Unpooled.directBuffer().writeBytes(request);
    private final HeadScanner scanner = new HeadScanner();
    private final RequestHead head = new RequestHead();
    private final EmbeddedChannel netty = new EmbeddedChannel(new HttpRequestDecoder());

    /** Copied out of the buffer and scanned into offsets. */
    @Benchmark
    public int ours() {
        head.clear();
        Fields fields = head.fields();
        fields.ensureRoom(request.length);
        arriving.getBytes(0, fields.bytes(), 0, request.length);
        fields.length(request.length);
        int end = scanner.scanRequest(head);
        if (end != request.length) {
            throw new IllegalStateException(scanner.reason());
        }
        return end;
    }

    /** Netty's decoder, validation on, in a pipeline of its own. */
    @Benchmark
    public void netty(Blackhole hole) {
        netty.writeInbound(arriving.retainedDuplicate());
        for (Object message = netty.readInbound(); message != null; message = netty.readInbound()) {
            hole.consume(message);
            ReferenceCountUtil.release(message);
        }
    }

    @TearDown
    public void release() {
        netty.finishAndReleaseAll();
        arriving.release();
    }
}
