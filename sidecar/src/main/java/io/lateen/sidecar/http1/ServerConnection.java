package io.lateen.sidecar.http1;

import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.HttpProtocol;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.http2.Http2Upgrade;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.upstream.Addresses;
import io.lateen.sidecar.upstream.Arrival;
import io.lateen.sidecar.upstream.ClientConnections;
import io.lateen.sidecar.upstream.Downstream;
import io.lateen.sidecar.upstream.Entrance;
import io.lateen.sidecar.upstream.Forwarding;
import io.lateen.sidecar.upstream.QuietEnd;
import io.lateen.sidecar.upstream.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 connection from a client: one request after the other, pipelined ones answered in
 * their order. The only handler of its pipeline; everything on its loop.
 *
 * <p>Nothing is read ahead: what comes before its turn is kept and reading stops until it has been
 * used, so a client that sends faster than it is served is held back by TCP.
 */
public final class ServerConnection extends ChannelInboundHandlerAdapter
        implements Downstream, ClientConnections.Member, QuietEnd.Connection {
    private static final Logger log = LoggerFactory.getLogger(ServerConnection.class);
    private static final byte[] CLOSE = ResponseHead.bytes("close");
    private static final byte[] KEEP_ALIVE = ResponseHead.bytes("keep-alive");
    private static final byte[] ZERO = ResponseHead.bytes("0");
    private static final long LINGER_SECONDS = 2;

    // A head that is sent byte by byte holds a connection and its buffers for nothing.
    private static final long HEAD_NANOS = TimeUnit.SECONDS.toNanos(60);
    // Envoy's default for connections without a request.
    private static final long IDLE_NANOS = TimeUnit.HOURS.toNanos(1);

    private enum State {
        /** Between requests, or in a head. */
        HEAD,
        /** A request is under way. */
        EXCHANGE,
        /** After a 101: bytes both ways. */
        TUNNEL,
        /** After a CONNECT, or an upgrade to HTTP/2: the connection is another handler's. */
        HANDED_OVER,
        /** The last response is out; what still comes is dropped until the client has closed. */
        LINGER,
        CLOSED
    }

    private final Worker worker;
    private final Channel channel;
    private final Entrance entrance;
    private final HeadScanner scanner;
    private final HeadIntake intake = new HeadIntake();
    private final MessageBody body;
    private final MessageWriter writer;
    private final BodySink sink =
            new BodySink() {
                @Override
                public void data(ByteBuf data, int content, boolean end) {
                    passBody(data, content, end);
                }

                @Override
                public void trailers(Fields trailers) {
                    passTrailers(trailers);
                }
            };

    private State state = State.HEAD;
    private @Nullable RequestHead head;
    private @Nullable Forwarding exchange;
    private @Nullable ByteBuf kept;
    private boolean demanded;
    private boolean bodyBegun;
    private boolean requestRead = true;
    private boolean keepAlive;
    private boolean http10;
    private boolean chunkedRequest;
    private boolean responseFrames;
    private boolean closeAfter;
    private boolean draining;
    private boolean finishing;
    private boolean serving;
    private long quietSince;
    private boolean answersHead;
    private @Nullable Consumer<ByteBuf> successor;

    public ServerConnection(Worker worker, Channel channel, Entrance entrance) {
        this.worker = worker;
        this.channel = channel;
        this.entrance = entrance;
        scanner = new HeadScanner();
        body = new MessageBody(scanner);
        writer = new MessageWriter(channel);
        quietSince = worker.nanos();
    }

    // ---- what the client sends ----

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        ByteBuf before = kept;
        if (before != null) {
            kept = Unpooled.wrappedBuffer(before, in);
            channel.config().setAutoRead(false);
            return;
        }
        serve(in);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Forwarding running = exchange;
        if (running != null) {
            running.clientReadComplete();
        }
    }

    // Uses what it can of a buffer, keeps the rest. Never runs inside itself: what becomes possible
    // while it runs is done by its loop.
    private void serve(ByteBuf in) {
        serving = true;
        try {
            boolean progress = true;
            while (progress && in.isReadable()) {
                progress =
                        switch (state) {
                            case HEAD -> readHead(in);
                            case EXCHANGE -> readBody(in);
                            case TUNNEL -> readTunnel(in);
                            case HANDED_OVER -> false;
                            case LINGER, CLOSED -> {
                                in.skipBytes(in.readableBytes());
                                yield false;
                            }
                        };
            }
        } finally {
            serving = false;
            if (state == State.HANDED_OVER) {
                handOver(in);
            } else if (in.isReadable() && state != State.CLOSED) {
                kept = in;
            } else {
                in.release();
            }
        }
    }

    // On with what was kept, and with reading where that is wanted.
    private void goOn() {
        ByteBuf in = kept;
        if (in != null && !serving) {
            kept = null;
            serve(in);
            Forwarding running = exchange;
            if (running != null) {
                running.clientReadComplete();
            }
        }
        boolean read =
                switch (state) {
                    case HEAD, LINGER -> true;
                    case EXCHANGE -> kept == null && (requestRead || demanded);
                    case TUNNEL -> kept == null && demanded;
                    case HANDED_OVER, CLOSED -> channel.config().isAutoRead();
                };
        if (read != channel.config().isAutoRead()) {
            channel.config().setAutoRead(read);
        }
    }

    private boolean readHead(ByteBuf in) {
        RequestHead into = head;
        if (into == null) {
            into = worker.takeRequestHead();
            head = into;
            intake.clear();
            quietSince = worker.nanos();
        }
        Fields fields = into.fields();
        while (intake.copy(in, fields)) {
            int end = intake.worthScanning(fields) ? scanner.scanRequest(into) : 0;
            if (end > 0) {
                intake.giveBack(in, fields, end);
                head = null;
                begin(into, in.isReadable());
                return true;
            }
            if (end == HeadScanner.MALFORMED) {
                refuse(into, scanner.status(), scanner.reason());
                return false;
            }
        }
        if (fields.length() >= HeadScanner.MAX_HEAD_BYTES) {
            refuse(
                    into,
                    431,
                    "a request head of more than " + HeadScanner.MAX_HEAD_BYTES + " bytes");
        }
        return false;
    }

    private void begin(RequestHead request, boolean followed) {
        http10 = scanner.http10();
        answersHead = request.method().equals("HEAD");
        keepAlive = scanner.connection().keepAlive() && !draining && !finishing;
        chunkedRequest = scanner.chunked();
        closeAfter = false;
        Plan plan = worker.live().current();
        entrance.prepare(request);
        if (request.method().equals("CONNECT")) {
            connect(plan, request);
            return;
        }
        // What was sent before this answer was not sent to HTTP/2, and is read as what it is.
        Http2Upgrade http2 =
                followed || draining || finishing
                        ? null
                        : Onward.toHttp2(scanner, request, entrance);
        String upgrade = Onward.prepare(scanner, request, channel);
        if (http2 != null) {
            handOverTo(none -> http2.accept(worker, channel, entrance, none));
            return;
        }
        requestRead = request.bodyLength() == 0;
        bodyBegun = false;
        demanded = false;
        exchange(plan, request, upgrade).start();
    }

    private Forwarding exchange(Plan plan, RequestHead request, @Nullable String upgrade) {
        HttpProtocol protocol = http10 ? HttpProtocol.HTTP_1_0 : HttpProtocol.HTTP_1_1;
        Arrival arrival = Arrival.of(worker, channel, entrance, protocol, plan, request, upgrade);
        Forwarding begun = new Forwarding(worker, this, arrival, request);
        state = State.EXCHANGE;
        exchange = begun;
        return begun;
    }

    private void refuse(RequestHead request, int status, String reason) {
        request.clear();
        head = null;
        keepAlive = false;
        http10 = false;
        closeAfter = true;
        requestRead = false;
        exchange(worker.live().current(), request, null)
                .refuse(new Failure.BadRequest(status, "the request is not valid: " + reason));
    }

    private void connect(Plan plan, RequestHead request) {
        if (!entrance.tunnels()) {
            requestRead = true;
            keepAlive = false;
            exchange(plan, request, null)
                    .refuse(new Failure.Refused(405, "CONNECT is for the outbound port alone"));
            return;
        }
        InetSocketAddress to = Addresses.parse(request.authority(), 443);
        worker.giveBack(request);
        handOverTo(early -> entrance.tunnel(channel, to.getHostString(), to.getPort(), early));
    }

    private void handOverTo(Consumer<ByteBuf> next) {
        successor = next;
        state = State.HANDED_OVER;
    }

    private void handOver(ByteBuf early) {
        Consumer<ByteBuf> next = successor;
        writer.flush();
        worker.clients().remove(this);
        channel.pipeline().remove(this);
        if (next == null) {
            early.release();
        } else {
            next.accept(early);
        }
    }

    private boolean readBody(ByteBuf in) {
        Forwarding running = exchange;
        if (running == null || requestRead || !demanded) {
            return false;
        }
        if (!bodyBegun) {
            bodyBegun = true;
            running.clientReading();
            long length = scanner.contentLength();
            if (chunkedRequest) {
                body.chunked(running.takesFrames());
            } else {
                body.fixed(length);
            }
        }
        String fault = body.read(in, sink);
        if (fault != null && state == State.EXCHANGE) {
            keepAlive = false;
            running.clientBroke(
                    new Failure.BadRequest(400, "the request's body is not valid: " + fault));
            return false;
        }
        return true;
    }

    private boolean readTunnel(ByteBuf in) {
        Forwarding running = exchange;
        if (running == null || !demanded) {
            return false;
        }
        int size = in.readableBytes();
        running.requestBody(in.readRetainedSlice(size), size, false);
        return true;
    }

    private void passBody(ByteBuf data, int content, boolean end) {
        Forwarding running = exchange;
        if (running == null) {
            data.release();
            return;
        }
        requestRead |= end;
        running.requestBody(data, content, end);
    }

    private void passTrailers(Fields trailers) {
        requestRead = true;
        if (exchange != null) {
            exchange.requestTrailers(trailers);
        }
    }

    // ---- what goes to the client ----

    @Override
    public boolean sendsFrames() {
        return chunkedRequest;
    }

    @Override
    public void interim(ResponseHead interim) {
        if (!http10) {
            writer.response(interim, false, false);
        }
    }

    @Override
    public void head(ResponseHead response, boolean end, boolean frames) {
        if (response.status() == 101) {
            writer.response(response, false, false);
            return;
        }
        if (end && !answersHead && response.hasNoLength()) {
            // Over HTTP/2 a frame says that nothing follows; here the client would wait for more.
            response.set(HeaderName.CONTENT_LENGTH, ZERO);
        }
        boolean untilClose = http10 && !end && response.bodyLength() < 0;
        if (!keepAlive || draining || finishing || untilClose) {
            closeAfter = true;
            response.set(HeaderName.CONNECTION, CLOSE);
        } else if (http10) {
            response.set(HeaderName.CONNECTION, KEEP_ALIVE);
        }
        responseFrames = frames && !http10 && response.bodyLength() < 0;
        if (untilClose) {
            writer.responseUntilClose(response);
        } else {
            writer.response(response, !end, responseFrames);
        }
    }

    @Override
    public boolean takesFrames() {
        return responseFrames;
    }

    @Override
    public void body(ByteBuf data, boolean end) {
        if (state == State.CLOSED) {
            data.release();
        } else {
            writer.body(data, end);
        }
    }

    @Override
    public void trailers(Fields trailers) {
        if (!http10) {
            writer.trailers(trailers);
        }
    }

    @Override
    public void abort() {
        writer.flush();
        state = State.CLOSED;
        var _ = channel.close();
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
        demanded = on;
        goOn();
    }

    @Override
    public void tunnel() {
        state = State.TUNNEL;
    }

    @Override
    public void finished() {
        exchange = null;
        demanded = false;
        quietSince = worker.nanos();
        if (state == State.CLOSED) {
            return;
        }
        if (state == State.TUNNEL) {
            closeAfterWrites();
        } else if (!requestRead) {
            linger();
        } else if (closeAfter || !keepAlive) {
            closeAfterWrites();
        } else {
            state = State.HEAD;
            if (draining) {
                QuietEnd.whenQuiet(worker, this);
            }
            if (!serving) {
                goOn();
            }
        }
    }

    @Override
    public void closeAfterWrites() {
        state = State.CLOSED;
        writer.flush();
        var _ =
                channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                        .addListener(ChannelFutureListener.CLOSE);
    }

    // Closing while the client still sends would reset the connection and take the response with
    // it (RFC 9112 §9.6): say that this is all, and wait for the client to see it.
    private void linger() {
        state = State.LINGER;
        writer.flush();
        var _ =
                channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                        .addListener(
                                _ -> {
                                    if (channel instanceof DuplexChannel duplex) {
                                        var _ = duplex.shutdownOutput();
                                    }
                                });
        var _ = worker.loop().schedule(this::close, LINGER_SECONDS, TimeUnit.SECONDS);
        if (!serving) {
            goOn();
        }
    }

    // ---- the connection's life ----

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        worker.clients().add(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        worker.clients().remove(this);
        state = State.CLOSED;
        Forwarding running = exchange;
        if (running != null) {
            running.clientGone();
        }
        writer.discard();
        if (kept != null) {
            kept.release();
            kept = null;
        }
        RequestHead begun = head;
        if (begun != null) {
            head = null;
            worker.giveBack(begun);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        Forwarding running = exchange;
        if (running != null && channel.isWritable()) {
            running.clientWritable();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            log.error("a connection from a client met a defect", cause);
        }
        var _ = channel.close();
    }

    // A client that was not told may be sending: it is given time, and what it sends is served.
    @Override
    public void drain() {
        draining = true;
        QuietEnd.whenQuiet(worker, this);
    }

    @Override
    public boolean isQuiet() {
        return state == State.HEAD && head == null;
    }

    @Override
    public long quietSinceNanos() {
        return quietSince;
    }

    @Override
    public void finishUp() {
        finishing = true;
    }

    @Override
    public void close() {
        var _ = channel.close();
    }

    @Override
    public boolean busy() {
        return exchange != null;
    }

    @Override
    public String socket() {
        return entrance.socket();
    }

    @Override
    public void sweep(long now) {
        if (state != State.HEAD) {
            return;
        }
        long quiet = now - quietSince;
        if (head != null && quiet > HEAD_NANOS) {
            refuse(head, 408, "its head was not complete within 60 s");
        } else if (head == null && quiet > IDLE_NANOS) {
            QuietEnd.now(worker, this);
        }
    }
}
