package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.Explanation;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.LocalReply;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseFlag;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.exchange.RouteIdentity;
import io.lateen.sidecar.plan.HttpFront;
import io.lateen.sidecar.route.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A response of the sidecar's own, ready to be sent: says why it is there, also to gRPC. */
final class LocalAnswer {
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] PLAIN_TEXT = ResponseHead.bytes("text/plain");
    private static final byte[] GRPC = ResponseHead.bytes("application/grpc");

    private final int status;
    private final List<LocalReply.Header> headers;
    private final byte[] body;
    private final int grpcStatus;

    private LocalAnswer(int status, List<LocalReply.Header> headers, byte[] body, int grpcStatus) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.grpcStatus = grpcStatus;
    }

    byte[] body() {
        return body;
    }

    /** -1 when the client does not speak gRPC. */
    int grpcStatus() {
        return grpcStatus;
    }

    /** Says what went wrong. */
    static LocalAnswer toFailure(
            Settings settings, HttpFront front, Exchange exchange, Explanation explanation) {
        List<LocalReply.Header> headers = new ArrayList<>();
        String sentence = explanation.sentence();
        if (settings.reasonHeader()) {
            headers.add(
                    new LocalReply.Header(HeaderName.X_LATEEN_REASON, reason(exchange, sentence)));
        }
        headers.add(new LocalReply.Header(HeaderName.SERVER, server(settings, front)));
        if (exchange.failure() instanceof Failure.OverQuota over) {
            headers.addAll(over.headers());
        }
        if (GrpcStatus.speaks(exchange.request())) {
            int own = exchange.failure() == null ? -1 : GrpcStatus.of(exchange.failure());
            int code = own >= 0 ? own : GrpcStatus.ofHttp(explanation.status());
            headers.add(new LocalReply.Header(HeaderName.CONTENT_TYPE, GRPC));
            headers.add(LocalReply.Header.of(HeaderName.GRPC_STATUS, Integer.toString(code)));
            headers.add(
                    LocalReply.Header.of(HeaderName.GRPC_MESSAGE, GrpcStatus.percent(sentence)));
            return new LocalAnswer(200, headers, NOTHING, code);
        }
        headers.add(new LocalReply.Header(HeaderName.CONTENT_TYPE, PLAIN_TEXT));
        byte[] body = body(settings, exchange, sentence);
        return new LocalAnswer(explanation.status(), headers, body, -1);
    }

    private static byte[] body(Settings settings, Exchange exchange, String sentence) {
        Failure failure = exchange.failure();
        String wellKnown = failure == null ? null : Explanation.publicText(failure);
        if (wellKnown != null) {
            return wellKnown.getBytes(StandardCharsets.UTF_8);
        }
        return settings.reasonHeader()
                ? (Explanation.oneLine(sentence) + "\n").getBytes(StandardCharsets.UTF_8)
                : NOTHING;
    }

    /** As the plan or a filter says. */
    static LocalAnswer of(Settings settings, HttpFront front, Exchange exchange, LocalReply reply) {
        List<LocalReply.Header> headers = new ArrayList<>(reply.headers());
        if (reply.headers().stream().noneMatch(h -> h.name().equals(HeaderName.CONTENT_TYPE))
                && reply.body().length > 0) {
            headers.add(new LocalReply.Header(HeaderName.CONTENT_TYPE, PLAIN_TEXT));
        }
        if (settings.reasonHeader()) {
            headers.add(
                    new LocalReply.Header(
                            HeaderName.X_LATEEN_REASON,
                            reason(exchange, "answered by the sidecar as its route says")));
        }
        headers.add(new LocalReply.Header(HeaderName.SERVER, server(settings, front)));
        return new LocalAnswer(reply.status(), headers, reply.body(), -1);
    }

    static LocalReply redirect(Redirect redirect, RequestHead request) {
        return new LocalReply(
                redirect.status(),
                List.of(
                        new LocalReply.Header(
                                HeaderName.LOCATION,
                                ResponseHead.bytes(
                                        Explanation.oneLine(redirect.location(request))))),
                NOTHING);
    }

    /** Who says that it answers: as the listener is told, else as this sidecar is. */
    static byte[] server(Settings settings, HttpFront front) {
        byte[] told = front.serverName();
        return told == null ? settings.serverName() : told;
    }

    /** Writes the head. */
    void fill(ResponseHead head) {
        head.clear();
        head.status(status);
        boolean bodiless = status == 204 || status == 304;
        head.bodyLength(bodiless ? 0 : body.length);
        for (LocalReply.Header header : headers) {
            head.add(header.name(), header.value());
        }
        if (!bodiless && grpcStatus < 0) {
            head.add(HeaderName.CONTENT_LENGTH, ResponseHead.bytes(Integer.toString(body.length)));
        }
    }

    // "UH; rule=/apis/…; revision=42; no healthy endpoint for …"
    private static byte[] reason(Exchange exchange, String sentence) {
        StringBuilder text = new StringBuilder(ResponseFlag.text(exchange.flags()));
        RouteIdentity route = exchange.route();
        if (route != null && !route.rule().isEmpty()) {
            text.append("; rule=").append(route.rule());
            text.append("; revision=").append(route.ruleRevision());
        }
        text.append("; ").append(sentence);
        return ResponseHead.bytes(Explanation.oneLine(text.toString()));
    }
}
