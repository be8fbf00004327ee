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
     * @param status 200 to 599
     */
    public Abort(int status, int perMillion) {
        this(new Failure.FaultAborted(status), perMillion);
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
