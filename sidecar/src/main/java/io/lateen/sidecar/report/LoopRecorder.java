package io.lateen.sidecar.report;

import io.lateen.sidecar.exchange.ConnectionObserver;
import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.ExchangeObserver;
import io.lateen.sidecar.exchange.Explanation;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.Recording;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.RouteIdentity;
import io.lateen.sidecar.exchange.TcpFlow;
import io.lateen.sidecar.exchange.WorkloadFacts;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what one event loop carries, and hands it over when there is much of it or when a
 * second has passed. Its methods run on that loop.
 */
final class LoopRecorder implements ExchangeObserver, ConnectionObserver {

    private static final int BATCH = 256;
    private static final long FLUSH_MILLIS = 1_000;

    private final EventLoop loop;
    private final RecordQueue queue;
    private final LongSupplier nanos;
    private final LongSupplier millis;
    private List<CallRecord> batch = new ArrayList<>();
    private boolean flushing;

    LoopRecorder(EventLoop loop, RecordQueue queue, LongSupplier nanos, LongSupplier millis) {
        this.loop = loop;
        this.queue = queue;
        this.nanos = nanos;
        this.millis = millis;
    }

    @Override
    public void ended(Exchange exchange) {
        Recording recording = exchange.recording();
        if (recording != null) {
            add(request(recording, exchange));
        }
    }

    @Override
    public void opened(TcpFlow flow) {
        // A connection is reported when it has ended.
    }

    @Override
    public void ended(TcpFlow flow) {
        Recording recording = flow.recording();
        if (recording != null) {
            long duration = Math.max(0, nanos.getAsLong() - flow.startNanos());
            add(
                    new CallRecord.Connection(
                            recording,
                            new CallRecord.Ends(
                                    millis.getAsLong() - duration / 1_000_000,
                                    duration,
                                    flow.cluster(),
                                    flow.destination(),
                                    WorkloadFacts.UNKNOWN,
                                    flow.downstreamRemote(),
                                    flow.downstreamLocal(),
                                    flow.upstreamRemote(),
                                    flow.security(),
                                    flow.upstreamSecurity(),
                                    flow.flags(),
                                    name(flow.route()),
                                    flow.bytesReceived(),
                                    flow.bytesSent())));
        }
    }

    private void add(CallRecord entry) {
        batch.add(entry);
        if (batch.size() >= BATCH) {
            handOver();
        } else if (!flushing) {
            flushing = true;
            var _ = loop.schedule(this::flush, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void flush() {
        flushing = false;
        if (!batch.isEmpty()) {
            handOver();
        }
    }

    private void handOver() {
        queue.offer(batch);
        batch = new ArrayList<>();
    }

    private static CallRecord request(Recording recording, Exchange x) {
        RequestHead head = x.request();
        Failure failure = x.failure();
        return new CallRecord.Request(
                recording,
                new CallRecord.Ends(
                        x.startMillis(),
                        Math.max(0, x.endNanos() - x.startNanos()),
                        x.cluster(),
                        x.destination(),
                        x.peer(),
                        x.downstreamRemote(),
                        x.downstreamLocal(),
                        x.upstreamRemote(),
                        x.security(),
                        x.upstreamSecurity(),
                        x.flags(),
                        name(x.route()),
                        x.bytesReceived(),
                        x.bytesSent()),
                x.protocol(),
                head.method(),
                head.authority(),
                head.originalTarget(),
                x.requestId(),
                headers(recording.requestHeaders(), head),
                x.status(),
                x.grpcStatus(),
                x.attempts(),
                x.firstByteNanos() == 0 ? 0 : x.firstByteNanos() - x.startNanos(),
                failure == null ? null : Explanation.of(failure).sentence());
    }

    private static List<@Nullable String> headers(List<HeaderName> names, RequestHead head) {
        if (names.isEmpty()) {
            return List.of();
        }
        @Nullable String[] values = new @Nullable String[names.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = head.header(names.get(i));
        }
        return Arrays.asList(values);
    }

    private static String name(@Nullable RouteIdentity route) {
        return route == null ? "" : route.routeName();
    }
}
