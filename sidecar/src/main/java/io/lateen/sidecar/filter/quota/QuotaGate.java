package io.lateen.sidecar.filter.quota;

import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.exchange.Step;
import java.util.List;
import java.util.Optional;

/**
 * A listener's filter of quota. By itself it lets everything pass: what is counted, a route says.
 */
public record QuotaGate(Terms terms) implements RequestFilter {

    /**
     * How is asked, and what is done when nobody answers.
     *
     * @param stage rules of this number are asked about
     * @param deadlineNanos how long a request waits at most
     * @param denies whether a request is refused when nobody answers in time
     * @param refusalStatus its status then
     */
    public record Terms(
            String cluster,
            String domain,
            int stage,
            long deadlineNanos,
            boolean denies,
            int refusalStatus) {}

    /** The filter for a route with these rules; empty when none of them is of this stage. */
    public Optional<RequestFilter> on(List<QuotaRule> rules) {
        List<QuotaRule> own = rules.stream().filter(rule -> rule.stage() == terms.stage()).toList();
        return own.isEmpty() ? Optional.empty() : Optional.of(new QuotaFilter(terms, own));
    }

    @Override
    public Step apply(Exchange exchange) {
        return Step.CONTINUE;
    }
}
