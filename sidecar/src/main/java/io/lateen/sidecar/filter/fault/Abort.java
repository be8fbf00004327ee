package io.lateen.sidecar.filter.fault;

import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.exchange.Step;

/** Ends a share of the requests with a status instead of sending them on: flag FI. */
public final class Abort implements RequestFilter {

    private final Failure failure;
    private final int perMillion;

    /**
     * @param status 200 to 599
     * @param perMillion of a million requests, how many
     */
    public Abort(int status, int perMillion) {
        this.failure = new Failure.FaultAborted(status);
        this.perMillion = perMillion;
    }

    @Override
    public Step apply(Exchange exchange) {
        if (!Share.takes(perMillion, exchange.random())) {
            return Step.CONTINUE;
        }
        exchange.fail(failure);
        return Step.ENDED;
    }

    @Override
    public String toString() {
        return "Abort[" + failure + ", perMillion=" + perMillion + "]";
    }
}
