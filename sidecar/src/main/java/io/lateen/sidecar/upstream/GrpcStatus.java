package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.Explanation;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;

/** What gRPC says beside HTTP's status. */
final class GrpcStatus {
    private static final int DEADLINE_EXCEEDED = 4;
    private static final byte[] GRPC = ResponseHead.bytes("application/grpc");

    private GrpcStatus() {}

    /** Whether a request is a gRPC call. */
    static boolean speaks(RequestHead head) {
        return head.headerStartsWith(HeaderName.CONTENT_TYPE, GRPC);
    }

    /** The {@code grpc-status} in a head or trailers. */
    static int of(Fields fields, int otherwise) {
        int index = fields.find(HeaderName.GRPC_STATUS, 0);
        if (index < 0) {
            return otherwise;
        }
        int code = 0;
        for (int i = fields.valueStart(index); i < fields.valueEnd(index); i++) {
            int digit = fields.bytes()[i] - '0';
            if (digit < 0 || digit > 9 || code > 1000) {
                return otherwise;
            }
            code = code * 10 + digit;
        }
        return code;
    }

    /** The status that a failure has of its own; -1 where it is what its HTTP status means. */
    static int of(Failure failure) {
        return switch (failure) {
            case Failure.TimedOut _, Failure.DeadlineExceeded _ -> DEADLINE_EXCEEDED;
            case Failure.FaultAborted(_, int status) -> status;
            default -> -1;
        };
    }

    /** Trailers that end a stream. */
    static Fields trailers(int code, String message) {
        Fields trailers = new Fields(128);
        trailers.add(HeaderName.GRPC_STATUS, ResponseHead.bytes(Integer.toString(code)));
        trailers.add(HeaderName.GRPC_MESSAGE, ResponseHead.bytes(percent(message)));
        return trailers;
    }

    /** A message as its header carries it: gRPC's percent encoding. */
    static String percent(String text) {
        return Explanation.oneLine(text).replace("%", "%25");
    }

    /** What a status of HTTP means to a gRPC client (gRPC's http-grpc-status-mapping). */
    static int ofHttp(int status) {
        return switch (status) {
            case 400 -> 13;
            case 401 -> 16;
            case 403 -> 7;
            case 404 -> 12;
            case 429, 502, 503, 504 -> 14;
            default -> 2;
        };
    }
}
