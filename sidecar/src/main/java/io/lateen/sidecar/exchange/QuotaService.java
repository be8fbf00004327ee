package io.lateen.sidecar.exchange;

import java.util.function.Consumer;

/** Asks whether requests are within their limits. One per loop. */
@FunctionalInterface
public interface QuotaService {

    /** Nobody can be asked. */
    QuotaService NONE =
            (question, then) -> then.accept(new QuotaAnswer.Unknown("there is nobody to ask"));

    /**
     * Asks; on the loop.
     *
     * @param then called once, on the loop, no later than the deadline; perhaps before this returns
     */
    void ask(QuotaQuestion question, Consumer<QuotaAnswer> then);
}
