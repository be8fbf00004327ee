package io.lateen.sidecar.http2;

import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HttpProtocol;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.upstream.Arrival;
import io.lateen.sidecar.upstream.Downstream;
import io.lateen.sidecar.upstream.Forwarding;
import io.lateen.sidecar.upstream.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/** One stream from a client: its request, and where its response goes. */
final class ServerStream implements Downstream {
    private final ServerSession session;
    private final FrameLink link;
    private final int id;
    private final Inflow inflow;
    private @Nullable Forwarding exchange;
    private boolean requestRead;
    private boolean malformed;

    ServerStream(ServerSession session, int id) {
        this.session = session;
        this.link = session.link();
        this.id = id;
        this.inflow =
                new Inflow(
                        link,
                        id,
                        new Inflow.Sink() {
                            @Override
                            public void data(ByteBuf data, boolean end) {
                                pass(data, end);
                            }

                            @Override
                            public void trailers(Fields trailers) {
                                requestRead = true;
                                if (exchange != null) {
                                    exchange.requestTrailers(trailers);
                                }
                            }
                        });
    }

    void headersRead(Http2Headers headers, boolean end) {
        Worker worker = session.worker();
        RequestHead head = worker.takeRequestHead();
        String fault = HeadConversion.request(headers, head, end);
        Plan plan = worker.live().current();
        requestRead = end;
        if (fault != null) {
            malformed = true;
            head.clear();
            Forwarding refused = new Forwarding(worker, this, arrival(plan, head), head);
            exchange = refused;
            refused.refuse(new Failure.BadRequest(400, "the request is not valid: " + fault));
            return;
        }
        session.entrance().prepare(head);
        start(plan, head);
    }

    /** Takes over a request that came as HTTP/1.1, whole, and asked to be answered here. */
    void upgraded(RequestHead head) {
        requestRead = true;
        start(session.worker().live().current(), head);
        readComplete();
    }

    private void start(Plan plan, RequestHead head) {
        Forwarding started = new Forwarding(session.worker(), this, arrival(plan, head), head);
        exchange = started;
        started.start();
    }

    int dataRead(ByteBuf data, int padding, boolean end) {
        return inflow.frame(data, padding, end);
    }

    void trailersRead(Http2Headers headers, boolean end) {
        Fields trailers = new Fields(256);
        String fault = HeadConversion.trailers(headers, trailers);
        if (fault != null || !end) {
            link.reset(id, ServerSession.protocolError());
            gone();
        } else {
            inflow.trailers(trailers);
        }
    }

    void readComplete() {
        Forwarding running = exchange;
        if (running != null) {
            running.clientReadComplete();
        }
    }

    void writableAgain() {
        Forwarding running = exchange;
        if (running != null) {
            running.clientWritable();
        }
    }

    /** The stream is closed, by whatever. */
    void gone() {
        inflow.drop();
        Forwarding running = exchange;
        if (running != null) {
            running.clientGone();
        }
    }

    private void pass(ByteBuf data, boolean end) {
        requestRead |= end;
        Forwarding running = exchange;
        if (running == null) {
            data.release();
        } else {
            running.requestBody(data, data.readableBytes(), end);
        }
    }

    private Arrival arrival(Plan plan, RequestHead head) {
        return Arrival.of(
                session.worker(),
                link.channel(),
                session.entrance(),
                HttpProtocol.HTTP_2,
                plan,
                head,
                null);
    }

    @Override
    public boolean sendsFrames() {
        return false;
    }

    @Override
    public void interim(ResponseHead head) {
        link.headers(id, HeadConversion.response(head), false);
    }

    @Override
    public void head(ResponseHead head, boolean end, boolean frames) {
        Http2Headers headers = HeadConversion.response(head);
        if (end && leavesRequest()) {
            link.lastHeaders(id, headers, !malformed, reason());
        } else {
            link.headers(id, headers, end);
        }
    }

    @Override
    public boolean takesFrames() {
        return false;
    }

    @Override
    public void body(ByteBuf data, boolean end) {
        if (end && leavesRequest()) {
            link.lastData(id, data, !malformed, reason());
        } else {
            link.data(id, data, end);
        }
    }

    // RFC 9113 §8.1: the response is all there, the rest of the request is not wanted. §8.1.1: a
    // malformed request is an error of its stream; the answer says why, before.
    private boolean leavesRequest() {
        return malformed || !requestRead;
    }

    private long reason() {
        return (malformed ? Http2Error.PROTOCOL_ERROR : Http2Error.NO_ERROR).code();
    }

    @Override
    public void trailers(Fields trailers) {
        Http2Headers headers = HeadConversion.trailers(trailers);
        if (leavesRequest()) {
            link.lastHeaders(id, headers, true, reason());
        } else {
            link.headers(id, headers, true);
        }
    }

    @Override
    public void abort() {
        // What has come is passed on first: a reset drops what was not sent.
        link.flush();
        link.reset(id, Http2Error.INTERNAL_ERROR.code());
        link.flush();
    }

    @Override
    public void flush() {
        link.flush();
    }

    @Override
    public boolean writable() {
        return link.writable(id);
    }

    @Override
    public void demand(boolean on) {
        inflow.open(on);
        // What was taken opens the client's window again.
        link.flush();
    }

    @Override
    public void tunnel() {
        throw new IllegalStateException("an upgrade was let through on HTTP/2");
    }

    @Override
    public void finished() {
        exchange = null;
        inflow.drop();
    }
}
