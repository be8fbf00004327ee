package io.lateen.sidecar.report;

import io.lateen.sidecar.ads.NodeDescription;
import io.lateen.sidecar.exchange.ConnectionObserver;
import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.ExchangeObserver;
import io.lateen.sidecar.exchange.Observers;
import io.lateen.sidecar.exchange.TcpFlow;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Reports what the loops carry to whom their listeners name, beside another observer. While no
 * listener names anybody it costs a look at one field per request, and there is no thread.
 */
public final class Reports implements Observers, AutoCloseable {

    private final Observers others;
    private final RecordQueue queue;
    private final Map<EventLoop, LoopRecorder> loops = new ConcurrentHashMap<>();
    private final LongSupplier nanos;
    private final LongSupplier millis;
    private final ReportSender sender;

    /**
     * Time and chance, handed in.
     *
     * @param nanos the clock that only counts
     * @param millis the time of day
     */
    public record Surroundings(LongSupplier nanos, LongSupplier millis, RandomGenerator random) {}

    /**
     * Reports of a node.
     *
     * @param others who hears of everything first
     */
    public Reports(
            Observers others,
            ReportChannels channels,
            NodeDescription node,
            String version,
            Surroundings surroundings) {
        this.others = others;
        this.nanos = surroundings.nanos();
        this.millis = surroundings.millis();
        this.queue = new RecordQueue(this::startSender);
        this.sender =
                new ReportSender(
                        queue, new StreamFactory(channels, node, version), surroundings.random());
    }

    @Override
    public ExchangeObserver exchanges(EventLoop loop) {
        ExchangeObserver first = others.exchanges(loop);
        LoopRecorder recorder = recorder(loop);
        return (Exchange exchange) -> {
            first.ended(exchange);
            recorder.ended(exchange);
        };
    }

    @Override
    public ConnectionObserver connections(EventLoop loop) {
        ConnectionObserver first = others.connections(loop);
        LoopRecorder recorder = recorder(loop);
        return new ConnectionObserver() {
            @Override
            public void opened(TcpFlow flow) {
                first.opened(flow);
            }

            @Override
            public void ended(TcpFlow flow) {
                first.ended(flow);
                recorder.ended(flow);
            }
        };
    }

    private LoopRecorder recorder(EventLoop loop) {
        return loops.computeIfAbsent(loop, same -> new LoopRecorder(same, queue, nanos, millis));
    }

    private void startSender() {
        sender.start();
    }

    /** How many records were handed to the network since the start. */
    public long sent() {
        return sender.sent();
    }

    /** How many were dropped since the start, because nobody took them in time. */
    public long dropped() {
        return queue.dropped();
    }

    /** Sends what is queued, for at most two seconds, and ends. */
    @Override
    public void close() {
        sender.close();
    }
}
