package io.lateen.sidecar.filter.fault;

import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.exchange.Step;

/**
 * Ends a share of the requests with a status instead of sending them on: flag FI.
 *
 * @param failure what they end with
 * @param perMillion of a million requests, how many
 */
public record Abort(Failure.FaultAborted failure, int perMillion) implements RequestFilter {

    /**
     * Aborts with a status of HTTP.
     *
     * @param status 200 to 599
     */
    public static Abort http(int status, int perMillion) {
        return new Abort(new Failure.FaultAborted(status, -1), perMillion);
    }

    /**
     * Aborts with a status of gRPC. Clients that do not speak gRPC get the HTTP status that the
     * gRPC status stands for.
     *
     * @param status 0 to 16, of gRPC
     */
    public static Abort grpc(int status, int perMillion) {
        return new Abort(
                new Failure.FaultAborted(GrpcCodes.httpStatus(status), status), perMillion);
    }

    @Override
    public Step apply(Exchange exchange) {
        if (!Share.takes(perMillion, exchange.random())) {
            return Step.CONTINUE;
        }
        exchange.fail(failure);
        return Step.ENDED;
    }
}
