package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.plan.ConnectionPolicy;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a request, sent to another cluster, its response dropped. It never holds the request
 * back: a copy that its endpoint does not take fast enough is given up.
 */
final class MirrorCopy implements ResponseListener, ConnectionPool.Waiter {
    private static final int LIMIT = 256 * 1024;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private record Piece(ByteBuf data, boolean end) {}

    private final Worker worker;
    private final ClusterPool cluster;
    private final RequestHead head;
    private final ResponseHead response;
    private final boolean repeatable;
    private final boolean chunksFramed;
    private final ArrayDeque<Piece> early = new ArrayDeque<>(2);
    private @Nullable Endpoint endpoint;
    private @Nullable ConnectionPool pool;
    private @Nullable UpstreamStream stream;
    private int held;
    private boolean over;

    MirrorCopy(Worker worker, ClusterPool cluster, Forwarding of, boolean framed) {
        this.worker = worker;
        this.cluster = cluster;
        head = worker.takeRequestHead();
        head.copy(of.request());
        response = worker.takeResponseHead();
        repeatable = Forwarding.isRepeatable(head.method());
        chunksFramed = framed && head.bodyLength() < 0;
    }

    void start() {
        RequestStamp.attempt(head, 1);
        cluster.whenKnown(
                () -> {
                    Endpoint picked = over ? null : cluster.pick(worker.anyChoice());
                    if (picked == null) {
                        cancel();
                        return;
                    }
                    endpoint = picked;
                    picked.begin();
                    ConnectionPool from =
                            picked.pool(
                                    cluster.plan().connections().protocol()
                                                    == ConnectionPolicy.UpstreamProtocol.HTTP2
                                            ? Connector.Speech.HTTP2
                                            : Connector.Speech.HTTP1);
                    pool = from;
                    from.acquire(this, repeatable);
                    var _ =
                            worker.loop()
                                    .schedule(this::cancel, PATIENCE_NANOS, TimeUnit.NANOSECONDS);
                });
    }

    @Override
    public void ready(UpstreamConnection connection) {
        UpstreamStream opened = connection.open(this);
        stream = opened;
        opened.head(head, head.bodyLength() == 0, chunksFramed);
        if (chunksFramed && !opened.takesFrames()) {
            // The request's chunks come with their framing, which this endpoint's protocol has not.
            cancel();
            return;
        }
        for (Piece piece = early.poll(); piece != null; piece = early.poll()) {
            opened.body(piece.data(), piece.end());
        }
        opened.flush();
    }

    @Override
    public void failed(Failure failure) {
        release();
    }

    void body(ByteBuf data, boolean end) {
        UpstreamStream to = stream;
        if (over) {
            data.release();
        } else if (to == null) {
            early.add(new Piece(data, end));
            held += data.readableBytes();
            if (held > LIMIT) {
                cancel();
            }
        } else {
            to.body(data, end);
            to.flush();
            if (!to.writable()) {
                cancel();
            }
        }
    }

    void trailers(Fields trailers) {
        UpstreamStream to = stream;
        if (!over && to != null) {
            to.trailers(trailers);
            to.flush();
        } else {
            cancel();
        }
    }

    void cancel() {
        if (over) {
            return;
        }
        UpstreamStream running = stream;
        ConnectionPool waited = pool;
        release();
        if (running != null) {
            running.cancel();
        } else if (waited != null) {
            waited.forget(this);
        }
    }

    private void release() {
        if (over) {
            return;
        }
        over = true;
        for (Piece piece = early.poll(); piece != null; piece = early.poll()) {
            piece.data().release();
        }
        if (endpoint != null) {
            endpoint.end();
        }
        worker.giveBack(head);
        worker.giveBack(response);
    }

    @Override
    public ResponseHead responseHead() {
        return response;
    }

    @Override
    public boolean answersHead() {
        return head.method().equals("HEAD");
    }

    @Override
    public void onInterim() {}

    @Override
    public void onHead(boolean end) {
        if (end) {
            release();
        }
    }

    @Override
    public boolean takesFrames() {
        return true;
    }

    @Override
    public void onBody(ByteBuf data, int content, boolean end) {
        data.release();
        if (end) {
            release();
        }
    }

    @Override
    public void onTrailers(Fields trailers) {
        release();
    }

    @Override
    public void onReadComplete() {}

    @Override
    public void onWritable() {}

    @Override
    public void onReset(Reset reset) {
        release();
    }
}
