package io.lateen.sidecar.http1;

import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.exchange.Security;
import io.lateen.sidecar.plan.ConnectionPolicy;
import io.lateen.sidecar.upstream.Addresses;
import io.lateen.sidecar.upstream.Connector;
import io.lateen.sidecar.upstream.ResponseListener;
import io.lateen.sidecar.upstream.UpstreamConnection;
import io.lateen.sidecar.upstream.UpstreamStream;
import io.lateen.sidecar.upstream.Wire;
import io.lateen.sidecar.upstream.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 connection to an endpoint: one request at a time, kept for the next one when both
 * sides have ended cleanly. The only handler of its pipeline; everything on its loop.
 */
public final class ClientConnection extends ChannelInboundHandlerAdapter
        implements UpstreamConnection, UpstreamStream {
    private static final Logger log = LoggerFactory.getLogger(ClientConnection.class);

    private enum State {
        /** No request. */
        IDLE,
        /** A request runs, its response's head is awaited. */
        HEAD,
        /** The response's body is read. */
        BODY,
        /** After a 101: bytes both ways. */
        TUNNEL,
        CLOSED
    }

    private final Worker worker;
    private final Channel channel;
    private final Security security;
    private final Connector.Outcome pool;
    private final long maxRequests;
    private final HeadScanner scanner = new HeadScanner();
    private final HeadIntake intake = new HeadIntake();
    private final MessageBody body = new MessageBody(scanner);
    private final MessageWriter writer;
    private final BodySink received =
            new BodySink() {
                @Override
                public void data(ByteBuf data, int content, boolean end) {
                    hear(data, content, end);
                }

                @Override
                public void trailers(Fields trailers) {
                    hearTrailers(trailers);
                }
            };
    private State state = State.IDLE;
    private @Nullable ResponseListener listener;
    private @Nullable ByteBuf current;
    private @Nullable String fault;
    private boolean requestDone;
    private boolean requestFrames;
    private boolean upgrading;
    private boolean keep = true;
    private boolean draining;
    private long served;
    private final long openedNanos;
    private long idleSince;
    private long keepAlive = Long.MAX_VALUE;

    public ClientConnection(
            Worker worker, Wire wire, ConnectionPolicy policy, Connector.Outcome pool) {
        this.worker = worker;
        this.channel = wire.channel();
        this.security = wire.security();
        this.pool = pool;
        this.maxRequests = policy.maxRequestsPerConnection();
        this.writer = new MessageWriter(wire.channel());
        openedNanos = worker.nanos();
        idleSince = openedNanos;
    }

    // ---- as a connection of a pool ----

    @Override
    public boolean available() {
        return state == State.IDLE && !draining && channel.isActive();
    }

    @Override
    public UpstreamStream open(ResponseListener heard) {
        listener = heard;
        state = State.HEAD;
        requestDone = false;
        served++;
        keep = maxRequests == 0 || served < maxRequests;
        return this;
    }

    @Override
    public int streams() {
        return state == State.IDLE || state == State.CLOSED ? 0 : 1;
    }

    @Override
    public long idleSinceNanos() {
        return idleSince;
    }

    @Override
    public long openedNanos() {
        return openedNanos;
    }

    @Override
    public long keepAliveNanos() {
        return keepAlive;
    }

    @Override
    public void drain() {
        draining = true;
        if (state == State.IDLE) {
            close();
        }
    }

    @Override
    public void close() {
        state = State.CLOSED;
        var _ = channel.close();
    }

    // ---- as the stream of the request at hand ----

    @Override
    public void head(RequestHead head, boolean end, boolean frames) {
        requestFrames = frames && head.bodyLength() < 0;
        upgrading = head.has(HeaderName.UPGRADE);
        writer.request(head, requestFrames);
        requestDone = end;
    }

    @Override
    public boolean takesFrames() {
        return requestFrames;
    }

    @Override
    public boolean sendsFrames() {
        return scanner.chunked();
    }

    @Override
    public void body(ByteBuf data, boolean end) {
        if (state == State.CLOSED) {
            data.release();
            return;
        }
        writer.body(data, end);
        if (end) {
            requestDone = true;
        }
    }

    @Override
    public void trailers(Fields trailers) {
        writer.trailers(trailers);
        requestDone = true;
    }

    @Override
    public void flush() {
        writer.flush();
    }

    @Override
    public boolean writable() {
        return writer.writable();
    }

    @Override
    public void demand(boolean on) {
        if (channel.config().isAutoRead() != on) {
            channel.config().setAutoRead(on);
        }
    }

    @Override
    public void cancel() {
        listener = null;
        close();
    }

    @Override
    public boolean reused() {
        return served > 1;
    }

    @Override
    public SocketAddress remote() {
        return channel.remoteAddress();
    }

    @Override
    public SocketAddress local() {
        return channel.localAddress();
    }

    @Override
    public Security security() {
        return security;
    }

    // ---- what comes back ----

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        current = in;
        try {
            read(in);
        } finally {
            current = null;
            in.release();
        }
    }

    private void read(ByteBuf in) {
        while (in.isReadable()) {
            switch (state) {
                case IDLE -> {
                    // Nobody asked: kept, it would be taken for the answer to the next request.
                    close();
                    return;
                }
                case HEAD -> {
                    if (!readHead(in)) {
                        return;
                    }
                }
                case BODY -> {
                    String fault = body.read(in, received);
                    if (fault != null && state == State.BODY) {
                        broken(fault);
                    }
                }
                case TUNNEL -> {
                    int size = in.readableBytes();
                    hear(in.readRetainedSlice(size), size, false);
                }
                case CLOSED -> {
                    return;
                }
            }
        }
    }

    // Whether there may be more to read in the same buffer.
    private boolean readHead(ByteBuf in) {
        ResponseListener to = listener;
        if (to == null) {
            return false;
        }
        ResponseHead head = to.responseHead();
        Fields fields = head.fields();
        if (!intake.begun()) {
            head.clear();
        }
        while (intake.copy(in, fields)) {
            int end = intake.worthScanning(fields) ? scanner.scanResponse(head) : 0;
            if (end > 0) {
                intake.giveBack(in, fields, end);
                intake.clear();
                headRead(to, head);
                return true;
            }
            if (end == HeadScanner.MALFORMED) {
                broken(scanner.reason());
                return false;
            }
        }
        if (fields.length() >= HeadScanner.MAX_HEAD_BYTES) {
            broken("a response head of more than " + HeadScanner.MAX_HEAD_BYTES + " bytes");
        }
        return false;
    }

    private void headRead(ResponseListener to, ResponseHead head) {
        int status = head.status();
        ConnectionHeader connection = scanner.connection();
        if (status < 200) {
            interim(to, head, connection);
            return;
        }
        // What was not upgraded to had no body either.
        requestDone |= upgrading;
        keep &= connection.keepAlive();
        rememberKeepAlive(head.fields());
        connection.removeHopByHop(head.fields(), false);
        boolean bodiless = to.answersHead() || status == 204 || status == 304;
        if (bodiless || scanner.contentLength() == 0) {
            head.bodyLength(0);
            release();
            to.onHead(true);
            to.onReadComplete();
            return;
        }
        state = State.BODY;
        if (scanner.chunked()) {
            to.onHead(false);
            body.chunked(to.takesFrames());
        } else if (scanner.contentLength() > 0) {
            body.fixed(scanner.contentLength());
            to.onHead(false);
        } else {
            keep = false;
            body.untilClose();
            to.onHead(false);
        }
    }

    private void interim(ResponseListener to, ResponseHead head, ConnectionHeader connection) {
        boolean switched = head.status() == 101;
        if (switched && !upgrading) {
            broken("a change of protocols that was not asked for");
            return;
        }
        connection.removeHopByHop(head.fields(), switched && connection.upgrade());
        if (switched) {
            keep = false;
            state = State.TUNNEL;
            to.onHead(false);
        } else {
            to.onInterim();
        }
    }

    private void hear(ByteBuf data, int content, boolean end) {
        ResponseListener to = listener;
        if (to == null) {
            data.release();
            return;
        }
        if (end) {
            release();
        }
        to.onBody(data, content, end);
        if (end) {
            to.onReadComplete();
        }
    }

    private void hearTrailers(Fields trailers) {
        ResponseListener to = listener;
        if (to != null) {
            release();
            to.onTrailers(trailers);
            to.onReadComplete();
        }
    }

    // The response is complete: on to the next request, if nothing speaks against it. Before the
    // listener hears of the end, so that what it does next finds the connection free.
    private void release() {
        listener = null;
        ByteBuf in = current;
        boolean clean = in == null || !in.isReadable();
        if (keep && requestDone && clean && !draining && channel.isActive()) {
            state = State.IDLE;
            idleSince = worker.nanos();
            if (!channel.config().isAutoRead()) {
                channel.config().setAutoRead(true);
            }
            pool.available(this);
        } else {
            close();
        }
    }

    private void broken(String reason) {
        reset(new Failure.UpstreamProtocol(Addresses.text(channel.remoteAddress()), reason));
    }

    private void reset(Failure failure) {
        ResponseListener to = listener;
        listener = null;
        close();
        if (to != null) {
            to.onReset(new ResponseListener.Reset(failure, false));
        }
    }

    // "Keep-Alive: timeout=5": a connection that is about to be closed is not used any more.
    private void rememberKeepAlive(Fields fields) {
        int index = fields.find(HeaderName.KEEP_ALIVE, 0);
        if (index < 0) {
            return;
        }
        String value = fields.value(index).toLowerCase(Locale.ROOT);
        int at = value.indexOf("timeout=");
        if (at < 0) {
            return;
        }
        long seconds = 0;
        for (int i = at + 8; i < value.length() && seconds < 100_000; i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            seconds = seconds * 10 + digit;
        }
        keepAlive = TimeUnit.SECONDS.toNanos(seconds) - Math.min(seconds, 1) * 500_000_000L;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        ResponseListener to = listener;
        if (to != null) {
            to.onReadComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        ResponseListener to = listener;
        if (to != null && channel.isWritable()) {
            to.onWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        State before = state;
        writer.discard();
        pool.closed(this);
        switch (before) {
            case IDLE, CLOSED -> state = State.CLOSED;
            case HEAD -> reset(gone("before any response"));
            case BODY -> {
                if (body.endsWithConnection()) {
                    hear(Unpooled.EMPTY_BUFFER, 0, true);
                } else {
                    reset(gone("in the middle of the response"));
                }
            }
            case TUNNEL -> hear(Unpooled.EMPTY_BUFFER, 0, true);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fault = String.valueOf(cause.getMessage());
        if (!(cause instanceof IOException)) {
            log.error("a connection to an endpoint met a defect", cause);
        }
        var _ = channel.close();
    }

    private Failure gone(String when) {
        String why = fault == null ? "closed " + when : fault + ", " + when;
        return new Failure.UpstreamReset(Addresses.text(channel.remoteAddress()), why);
    }
}
