package io.lateen.sidecar.telemetry;

import io.lateen.sidecar.exchange.ClusterFacts;
import io.lateen.sidecar.exchange.ConnectionObserver;
import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.ExchangeObserver;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.TcpFlow;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what one event loop carries. Its methods run on that loop, but for the reading ones. */
final class LoopCounts implements ExchangeObserver, ConnectionObserver {

    private static final byte[] GRPC = "application/grpc".getBytes(StandardCharsets.US_ASCII);

    private final HttpTable http = new HttpTable();
    private final ConcurrentHashMap<TcpSeries.Key, TcpSeries> tcp = new ConcurrentHashMap<>();
    private final AtomicLong deniedConnections = new AtomicLong();
    private final IdentityHashMap<TcpFlow, Reported> open = new IdentityHashMap<>();

    /** What of an open connection has been counted already. */
    private static final class Reported {
        private long sent;
        private long received;
    }

    @Override
    public void ended(Exchange exchange) {
        ClusterFacts cluster = exchange.cluster();
        http.find(
                        exchange.direction() == Direction.INBOUND,
                        cluster == null ? HttpSeries.Key.NO_CLUSTER : cluster,
                        exchange.destination(),
                        exchange.peer(),
                        exchange.principals(),
                        exchange.status(),
                        exchange.flags(),
                        exchange.request().headerStartsWith(HeaderName.CONTENT_TYPE, GRPC),
                        exchange.grpcStatus())
                .add(
                        Math.max(0, exchange.endNanos() - exchange.startNanos()),
                        exchange.bytesReceived(),
                        exchange.bytesSent());
    }

    @Override
    public void opened(TcpFlow flow) {
        series(flow).add(TcpSeries.Count.OPENED, 1);
        open.put(flow, new Reported());
    }

    @Override
    public void ended(TcpFlow flow) {
        Reported before = open.remove(flow);
        countBytes(flow, before == null ? new Reported() : before);
        series(flow).add(TcpSeries.Count.CLOSED, 1);
        if (flow.failure() instanceof Failure.Denied) {
            deniedConnections.lazySet(deniedConnections.getPlain() + 1);
        }
    }

    /**
     * Counts what open connections carried since the last time, as Istio does every few seconds.
     */
    void countOpen() {
        open.forEach(this::countBytes);
    }

    private void countBytes(TcpFlow flow, Reported before) {
        TcpSeries series = series(flow);
        long sent = flow.bytesSent();
        long received = flow.bytesReceived();
        series.add(TcpSeries.Count.SENT, sent - before.sent);
        series.add(TcpSeries.Count.RECEIVED, received - before.received);
        before.sent = sent;
        before.received = received;
    }

    private TcpSeries series(TcpFlow flow) {
        ClusterFacts cluster = flow.cluster();
        // Labels come from the plan and from certificates of the mesh: these bound their number.
        return tcp.computeIfAbsent(
                new TcpSeries.Key(
                        flow.direction() == Direction.INBOUND,
                        cluster == null ? HttpSeries.Key.NO_CLUSTER : cluster,
                        flow.destination(),
                        flow.principals(),
                        flow.flags()),
                TcpSeries::new);
    }

    /** Raw connections that an authorization policy closed. */
    long deniedConnections() {
        return deniedConnections.get();
    }

    HttpTable http() {
        return http;
    }

    Collection<TcpSeries> tcp() {
        return tcp.values();
    }
}
