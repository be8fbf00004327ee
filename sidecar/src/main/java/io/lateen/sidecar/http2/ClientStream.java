package io.lateen.sidecar.http2;

import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.exchange.Security;
import io.lateen.sidecar.upstream.Addresses;
import io.lateen.sidecar.upstream.ResponseListener;
import io.lateen.sidecar.upstream.UpstreamStream;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.net.SocketAddress;

/** One try on an HTTP/2 connection to an endpoint. */
final class ClientStream implements UpstreamStream {
    private final ClientSession session;
    private final FrameLink link;
    private final int id;
    private final ResponseListener listener;
    private final boolean reused;
    private final Inflow inflow;
    private boolean headSeen;
    private boolean requestEnded;
    private boolean over;

    ClientStream(ClientSession session, int id, ResponseListener listener, boolean reused) {
        this.session = session;
        this.link = session.link();
        this.id = id;
        this.listener = listener;
        this.reused = reused;
        this.inflow =
                new Inflow(
                        link,
                        id,
                        new Inflow.Sink() {
                            @Override
                            public void data(ByteBuf data, boolean end) {
                                hear(data, end);
                            }

                            @Override
                            public void trailers(Fields trailers) {
                                if (end()) {
                                    leaveRequest();
                                    listener.onTrailers(trailers);
                                    listener.onReadComplete();
                                }
                            }
                        });
        inflow.open(true);
    }

    // ---- the request ----

    @Override
    public void head(RequestHead head, boolean end, boolean frames) {
        requestEnded = end;
        Throwable refusal = link.open(id, HeadConversion.request(head), end);
        session.register(id, this);
        if (refusal != null) {
            // Not now: whoever sends is still in the middle of it.
            link.channel().eventLoop().execute(() -> refused(refusal));
        }
    }

    private void refused(Throwable refusal) {
        if (end()) {
            inflow.drop();
            listener.onReset(
                    new ResponseListener.Reset(
                            new Failure.UpstreamReset(
                                    Addresses.text(remote()),
                                    "the request's head is not for it: " + refusal.getMessage()),
                            false));
        }
    }

    @Override
    public boolean takesFrames() {
        return false;
    }

    @Override
    public boolean sendsFrames() {
        return false;
    }

    @Override
    public void body(ByteBuf data, boolean end) {
        requestEnded |= end;
        link.data(id, data, end);
    }

    @Override
    public void trailers(Fields trailers) {
        requestEnded = true;
        link.headers(id, HeadConversion.trailers(trailers), true);
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
        link.flush();
    }

    @Override
    public void cancel() {
        if (end()) {
            inflow.drop();
            link.reset(id, Http2Error.CANCEL.code());
            link.flush();
        }
    }

    @Override
    public boolean reused() {
        return reused;
    }

    @Override
    public SocketAddress remote() {
        return link.channel().remoteAddress();
    }

    @Override
    public SocketAddress local() {
        return link.channel().localAddress();
    }

    @Override
    public Security security() {
        return session.security();
    }

    // ---- the response ----

    void headersRead(Http2Headers headers, boolean end) {
        if (over) {
            return;
        }
        if (headSeen) {
            trailersRead(headers, end);
            return;
        }
        ResponseHead head = listener.responseHead();
        head.clear();
        String fault = HeadConversion.response(headers, head, end);
        if (fault != null || head.status() == 101) {
            broken(fault == null ? "an upgrade on HTTP/2" : fault);
            return;
        }
        if (head.status() < 200) {
            listener.onInterim();
            return;
        }
        headSeen = true;
        if (end) {
            end();
            leaveRequest();
            listener.onHead(true);
            listener.onReadComplete();
        } else {
            listener.onHead(false);
        }
    }

    private void trailersRead(Http2Headers headers, boolean end) {
        Fields trailers = new Fields(256);
        String fault = HeadConversion.trailers(headers, trailers);
        if (fault != null || !end) {
            broken(fault == null ? "headers in the middle of the body" : fault);
        } else {
            inflow.trailers(trailers);
        }
    }

    int dataRead(ByteBuf data, int padding, boolean end) {
        return inflow.frame(data, padding, end);
    }

    void resetRead(long code) {
        // A response that is complete is not discarded for it (RFC 9113 §8.1).
        if (!inflow.endsByItself() && end()) {
            inflow.drop();
            String reason = "it reset the stream: " + name(code);
            listener.onReset(
                    new ResponseListener.Reset(
                            new Failure.UpstreamReset(Addresses.text(remote()), reason),
                            code == Http2Error.REFUSED_STREAM.code()));
        }
    }

    /** The stream is closed; when the response was complete, that has been told before. */
    void closed(boolean refused) {
        // What is held back is still to be taken; its end says that the response is complete.
        if (inflow.endsByItself()) {
            return;
        }
        if (end()) {
            inflow.drop();
            listener.onReset(
                    new ResponseListener.Reset(
                            new Failure.UpstreamReset(
                                    Addresses.text(remote()),
                                    refused
                                            ? "it went away before it began with the request"
                                            : "the connection ended"),
                            refused));
        }
    }

    void readComplete() {
        if (!over) {
            listener.onReadComplete();
        }
    }

    void writableAgain() {
        if (!over) {
            listener.onWritable();
        }
    }

    private void hear(ByteBuf data, boolean end) {
        if (over) {
            data.release();
            return;
        }
        if (end) {
            end();
            leaveRequest();
        }
        listener.onBody(data, data.readableBytes(), end);
        if (end) {
            listener.onReadComplete();
        }
    }

    // The response is all there: what is left of the request is not sent, and the stream must not
    // wait for it.
    private void leaveRequest() {
        if (!requestEnded) {
            link.reset(id, Http2Error.NO_ERROR.code());
            link.flush();
        }
    }

    private void broken(String reason) {
        if (end()) {
            inflow.drop();
            link.reset(id, Http2Error.PROTOCOL_ERROR.code());
            listener.onReset(
                    new ResponseListener.Reset(
                            new Failure.UpstreamProtocol(Addresses.text(remote()), reason), false));
        }
    }

    // Whether this is the end: it comes once.
    private boolean end() {
        if (over) {
            return false;
        }
        over = true;
        session.ended();
        return true;
    }

    private static String name(long code) {
        Http2Error error = Http2Error.valueOf(code);
        return error == null ? Long.toString(code) : error.name();
    }
}
