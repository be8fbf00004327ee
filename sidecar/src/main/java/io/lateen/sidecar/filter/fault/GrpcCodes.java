package io.lateen.sidecar.filter.fault;

/** What the statuses of gRPC stand for in HTTP (Google's {@code google.rpc.Code}). */
final class GrpcCodes {

    private static final int[] HTTP = {
        200, 499, 500, 400, 504, 404, 409, 403, 429, 400, 409, 400, 501, 500, 503, 500, 401
    };

    private GrpcCodes() {}

    /**
     * @param code 0 to 16
     */
    static int httpStatus(int code) {
        return HTTP[code];
    }
}
