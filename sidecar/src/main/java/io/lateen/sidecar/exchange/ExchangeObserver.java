package io.lateen.sidecar.exchange;

/** Told about every request that ended, also refused and locally answered ones. One per loop. */
@FunctionalInterface
public interface ExchangeObserver {
    /** Called once, on the exchange's loop, while its heads can still be read. */
    void ended(Exchange exchange);
}
