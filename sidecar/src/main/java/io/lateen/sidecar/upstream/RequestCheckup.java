package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.plan.HealthCheckPlan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Asks an endpoint with a request, HTTP or gRPC, on a connection of its own. */
final class RequestCheckup implements Connector.Outcome, ResponseListener {
    private static final byte[] AGENT = ResponseHead.bytes("lateen-health-check");
    private static final byte[] GRPC = ResponseHead.bytes("application/grpc");
    private static final byte[] TRAILERS = ResponseHead.bytes("trailers");

    /** What {@code HealthCheckResponse{status: SERVING}} is on the wire, its frame's head first. */
    private static final byte[] SERVING = {0, 0, 0, 0, 2, 8, 1};

    private static final int MOST = 64;

    private final Checkup checkup;
    private final HealthCheckPlan.Question question;
    private final ResponseHead response = new ResponseHead();
    private final ByteBuf body = Unpooled.buffer(SERVING.length, MOST);

    RequestCheckup(Checkup checkup, HealthCheckPlan.Question question) {
        this.checkup = checkup;
        this.question = question;
    }

    @Override
    public void connected(UpstreamConnection connection) {
        checkup.connected(connection::close);
        if (checkup.isOver()) {
            return;
        }
        UpstreamStream stream = connection.open(this);
        switch (question) {
            case HealthCheckPlan.Http http -> ask(stream, http);
            case HealthCheckPlan.Grpc grpc -> ask(stream, grpc);
            case HealthCheckPlan.Tcp _ -> throw new IllegalStateException("no request");
        }
        stream.flush();
    }

    private static void ask(UpstreamStream stream, HealthCheckPlan.Http http) {
        RequestHead head = RequestHead.of(http.method(), http.host(), http.path());
        head.scheme("http");
        head.add(HeaderName.USER_AGENT, AGENT);
        stream.head(head, true, false);
    }

    private static void ask(UpstreamStream stream, HealthCheckPlan.Grpc grpc) {
        RequestHead head = RequestHead.of("POST", grpc.authority(), "/grpc.health.v1.Health/Check");
        head.scheme("http");
        head.add(HeaderName.USER_AGENT, AGENT);
        head.add(HeaderName.CONTENT_TYPE, GRPC);
        head.add(HeaderName.TE, TRAILERS);
        head.bodyLength(-1);
        stream.head(head, false, false);
        stream.body(request(grpc.service()), true);
    }

    // HealthCheckRequest{service}: field 1, after the head of its gRPC frame.
    private static ByteBuf request(String service) {
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        ByteBuf message = Unpooled.buffer();
        if (name.length > 0) {
            message.writeByte(0x0A);
            int length = name.length;
            for (; length > 0x7F; length >>>= 7) {
                message.writeByte((length & 0x7F) | 0x80);
            }
            message.writeByte(length).writeBytes(name);
        }
        ByteBuf frame = Unpooled.buffer();
        return frame.writeByte(0).writeInt(message.readableBytes()).writeBytes(message);
    }

    @Override
    public void failed(String reason) {
        checkup.ill(reason, false);
    }

    @Override
    public void available(UpstreamConnection connection) {
        // One question for each connection.
    }

    @Override
    public void closed(UpstreamConnection connection) {
        checkup.ill("the connection was closed", false);
    }

    @Override
    public ResponseHead responseHead() {
        return response;
    }

    @Override
    public boolean answersHead() {
        return question instanceof HealthCheckPlan.Http http && http.method().equals("HEAD");
    }

    @Override
    public void onInterim() {}

    @Override
    public void onHead(boolean end) {
        int status = response.status();
        switch (question) {
            case HealthCheckPlan.Http http -> {
                if (http.expects(status)) {
                    checkup.well();
                } else {
                    checkup.ill("status " + status, true);
                }
            }
            case HealthCheckPlan.Grpc _ -> {
                if (status != 200) {
                    checkup.ill("status " + status, true);
                } else if (end) {
                    judge(response.fields());
                }
            }
            case HealthCheckPlan.Tcp _ -> throw new IllegalStateException("no request");
        }
    }

    @Override
    public boolean takesFrames() {
        return false;
    }

    @Override
    public void onBody(ByteBuf data, int content, boolean end) {
        if (!checkup.isOver()) {
            body.writeBytes(data, Math.min(data.readableBytes(), MOST - body.writerIndex()));
            if (end) {
                checkup.ill("an answer without grpc-status", true);
            }
        }
        data.release();
    }

    @Override
    public void onTrailers(Fields trailers) {
        judge(trailers);
    }

    private void judge(Fields trailers) {
        int status = GrpcStatus.of(trailers, -1);
        if (status == 0 && body.equals(Unpooled.wrappedBuffer(SERVING))) {
            checkup.well();
        } else {
            checkup.ill(status == 0 ? "it is not serving" : "grpc-status " + status, true);
        }
    }

    @Override
    public void onReadComplete() {}

    @Override
    public void onWritable() {}

    @Override
    public void onReset(Reset reset) {
        checkup.ill("the connection was closed", false);
    }
}
