package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.ResponseHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** One try: an endpoint, a connection to it, and the request and response on it. */
final class Attempt implements ResponseListener, ConnectionPool.Waiter {
    private final Tries tries;
    private final Forwarding forwarding;
    private final Endpoint endpoint;
    private @Nullable ConnectionPool pool;
    private @Nullable UpstreamStream stream;
    private boolean connected;
    private boolean reused;
    private boolean headSeen;
    private boolean sentBody;
    private boolean held = true;
    private boolean over;

    Attempt(Tries tries, Endpoint endpoint) {
        this.tries = tries;
        this.forwarding = tries.forwarding();
        this.endpoint = endpoint;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    void start(Connector.Speech speech, boolean repeatable) {
        endpoint.begin();
        ConnectionPool from = endpoint.pool(speech);
        pool = from;
        from.acquire(this, repeatable);
    }

    @Override
    public void ready(UpstreamConnection connection) {
        UpstreamStream opened = connection.open(this);
        stream = opened;
        connected = true;
        reused = opened.reused();
        Exchange exchange = forwarding.exchange();
        exchange.connected(
                opened.remote(), opened.local(), opened.security(), forwarding.worker().nanos());
        Replay kept = forwarding.replay();
        boolean noBody = forwarding.requestEnded() && forwarding.request().bodyLength() == 0;
        opened.head(forwarding.request(), noBody, forwarding.requestComesFramed());
        if (kept != null) {
            kept.sendTo(opened);
        }
        if (!forwarding.requestEnded()) {
            forwarding.demandRequest(opened.writable());
        }
        if (!over && !forwarding.reading()) {
            opened.flush();
        }
    }

    @Override
    public void failed(Failure failure) {
        release();
        tries.reset(this, new Reset(failure, false));
    }

    /** Whether it has a connection that takes the request. */
    boolean sending() {
        return stream != null && !over;
    }

    /** Whether it ever had a connection. */
    boolean connected() {
        return connected;
    }

    /** Whether it went out on a kept connection and nothing at all came back. */
    boolean raced() {
        return reused && !headSeen;
    }

    /** Whether something of the body was given to a connection. */
    boolean sentBody() {
        return sentBody;
    }

    void distrustIdle() {
        if (pool != null) {
            pool.distrustIdle();
        }
    }

    void body(ByteBuf data, boolean end) {
        UpstreamStream to = stream;
        if (to == null) {
            data.release();
            return;
        }
        sentBody = true;
        to.body(data, end);
        if (!to.writable()) {
            forwarding.demandRequest(false);
            to.flush();
        }
    }

    void trailers(Fields trailers) {
        sentBody = true;
        if (stream != null) {
            stream.trailers(trailers);
        }
    }

    void demand(boolean on) {
        if (stream != null && !over) {
            stream.demand(on);
        }
    }

    void flush() {
        if (stream != null && !over) {
            stream.flush();
        }
    }

    boolean streamTakesFrames() {
        return stream != null && stream.takesFrames();
    }

    boolean sendsFrames() {
        return stream != null && stream.sendsFrames();
    }

    /** Ends it, whatever it was doing. */
    void cancel() {
        if (over) {
            return;
        }
        release();
        UpstreamStream running = stream;
        if (running != null) {
            running.cancel();
        } else if (pool != null) {
            pool.forget(this);
        }
    }

    /** It is over: its connection has already been given back or is gone. */
    void release() {
        over = true;
        if (held) {
            held = false;
            endpoint.end();
        }
    }

    @Override
    public ResponseHead responseHead() {
        return forwarding.response();
    }

    @Override
    public boolean answersHead() {
        return forwarding.request().method().equals("HEAD");
    }

    @Override
    public void onInterim() {
        headSeen = true;
        if (!over) {
            forwarding.interim();
        }
    }

    @Override
    public void onHead(boolean end) {
        headSeen = true;
        if (over || tries.retriesAfter(this, forwarding.response().status(), end)) {
            return;
        }
        if (end) {
            release();
        }
        forwarding.respond(end);
    }

    @Override
    public boolean takesFrames() {
        return !over && forwarding.downstreamTakesFrames();
    }

    @Override
    public void onBody(ByteBuf data, int content, boolean end) {
        if (over) {
            data.release();
            return;
        }
        if (end) {
            release();
        }
        forwarding.responseBody(data, content, end);
    }

    @Override
    public void onTrailers(Fields trailers) {
        if (!over) {
            release();
            forwarding.responseTrailers(trailers);
        }
    }

    @Override
    public void onReadComplete() {
        if (headSeen) {
            forwarding.flushDownstream();
        }
    }

    @Override
    public void onWritable() {
        if (!over) {
            forwarding.demandRequest(true);
        }
    }

    @Override
    public void onReset(Reset reset) {
        if (!over) {
            release();
            tries.reset(this, reset);
        }
    }
}
