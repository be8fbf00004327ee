package io.lateen.sidecar.filter.quota;

import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.QuotaAnswer;
import io.lateen.sidecar.exchange.QuotaEntry;
import io.lateen.sidecar.exchange.QuotaQuestion;
import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.exchange.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks whether a request is within its limits, and goes by the answer. */
record QuotaFilter(QuotaGate.Terms terms, List<QuotaRule> rules) implements RequestFilter {

    @Override
    public Step apply(Exchange exchange) {
        List<List<QuotaEntry>> descriptors = new ArrayList<>(rules.size());
        for (QuotaRule rule : rules) {
            List<QuotaEntry> descriptor = rule.of(exchange);
            if (descriptor != null) {
                descriptors.add(descriptor);
            }
        }
        if (descriptors.isEmpty()) {
            return Step.CONTINUE;
        }
        Waiting waiting = new Waiting(exchange);
        exchange.quota()
                .ask(
                        new QuotaQuestion(
                                terms.cluster(),
                                terms.domain(),
                                descriptors,
                                terms.deadlineNanos()),
                        waiting);
        return waiting.step();
    }

    /** The failure that an answer is; null when the request may go on. */
    private @Nullable Failure failure(QuotaAnswer answer) {
        return switch (answer) {
            case QuotaAnswer.Within() -> null;
            case QuotaAnswer.Over over -> new Failure.OverQuota(over.limit(), over.headers());
            case QuotaAnswer.Unknown(String reason) ->
                    terms.denies() ? new Failure.QuotaUnknown(terms.refusalStatus(), reason) : null;
        };
    }

    /** One request's wait: the answer may come while it is still being asked for. */
    private final class Waiting implements Consumer<QuotaAnswer> {
        private final Exchange exchange;
        private boolean asking = true;
        private @Nullable Step early;

        Waiting(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void accept(QuotaAnswer answer) {
            Failure failure = failure(answer);
            if (failure != null) {
                exchange.fail(failure);
                early = Step.ENDED;
            } else if (asking) {
                early = Step.CONTINUE;
            } else {
                exchange.resume();
            }
        }

        Step step() {
            asking = false;
            return early == null ? Step.PAUSED : early;
        }
    }
}
