package io.lateen.sidecar.filter.fault;

import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.exchange.ResponseFlag;
import io.lateen.sidecar.exchange.Step;

/**
 * Holds a share of the requests back before they go on: flag DI.
 *
 * @param nanos for how long
 * @param perMillion of a million requests, how many
 */
public record Delay(long nanos, int perMillion) implements RequestFilter {

    @Override
    public Step apply(Exchange exchange) {
        if (!Share.takes(perMillion, exchange.random())) {
            return Step.CONTINUE;
        }
        exchange.flag(ResponseFlag.DELAY_INJECTED);
        exchange.resumeAfter(nanos);
        return Step.PAUSED;
    }
}
