package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.RetryCondition;
import io.lateen.sidecar.plan.RetryPlan;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What an application asks of its own sidecar for one request, in Envoy's headers: other times and
 * tries than its route has. From anybody else they are taken away without effect (decision 0034).
 */
final class Overrides {
    private static final HeaderName[] ALL = {
        HeaderName.X_ENVOY_UPSTREAM_RQ_TIMEOUT_MS,
        HeaderName.X_ENVOY_UPSTREAM_RQ_PER_TRY_TIMEOUT_MS,
        HeaderName.X_ENVOY_MAX_RETRIES,
        HeaderName.X_ENVOY_RETRY_ON,
        HeaderName.X_ENVOY_RETRY_GRPC_ON,
        HeaderName.X_ENVOY_RETRIABLE_STATUS_CODES,
        HeaderName.X_ENVOY_RETRIABLE_HEADER_NAMES
    };
    private static final long BITS = bits();
    private static final int MOST_DIGITS = 9;

    private Overrides() {}

    private static long bits() {
        long bits = 0;
        for (HeaderName name : ALL) {
            bits |= 1L << name.bit();
        }
        return bits;
    }

    /** The policy that holds for a request; its headers are gone afterwards. */
    static ForwardPolicy apply(Exchange exchange, ForwardPolicy policy) {
        RequestHead head = exchange.request();
        if (!head.fields().mayHave(BITS)) {
            return policy;
        }
        ForwardPolicy asked =
                exchange.direction() == Direction.OUTBOUND ? asked(head, policy) : policy;
        for (HeaderName name : ALL) {
            head.remove(name);
        }
        return asked;
    }

    private static ForwardPolicy asked(RequestHead head, ForwardPolicy policy) {
        long timeout = number(head, HeaderName.X_ENVOY_UPSTREAM_RQ_TIMEOUT_MS);
        ForwardPolicy.Times times =
                timeout < 0
                        ? policy.times()
                        : policy.times().lasting(TimeUnit.MILLISECONDS.toNanos(timeout));
        RetryPlan tries = policy.retry();
        Set<RetryCondition> conditions = conditions(head);
        if (!conditions.isEmpty()) {
            tries =
                    tries.alsoOn(
                            conditions,
                            codes(head),
                            words(head, HeaderName.X_ENVOY_RETRIABLE_HEADER_NAMES));
        }
        long retries = number(head, HeaderName.X_ENVOY_MAX_RETRIES);
        if (retries >= 0) {
            tries = tries.times((int) retries);
        }
        long perTry = number(head, HeaderName.X_ENVOY_UPSTREAM_RQ_PER_TRY_TIMEOUT_MS);
        if (perTry >= 0) {
            tries = tries.eachWithin(TimeUnit.MILLISECONDS.toNanos(perTry));
        }
        return policy.with(times, tries);
    }

    private static Set<RetryCondition> conditions(RequestHead head) {
        Set<RetryCondition> conditions = EnumSet.noneOf(RetryCondition.class);
        for (HeaderName name :
                new HeaderName[] {HeaderName.X_ENVOY_RETRY_ON, HeaderName.X_ENVOY_RETRY_GRPC_ON}) {
            for (String word : words(head, name)) {
                for (RetryCondition condition : RetryCondition.values()) {
                    if (condition.word().equals(word)) {
                        conditions.add(condition);
                    }
                }
            }
        }
        return conditions;
    }

    private static Set<Integer> codes(RequestHead head) {
        Set<Integer> codes = new HashSet<>();
        for (String word : words(head, HeaderName.X_ENVOY_RETRIABLE_STATUS_CODES)) {
            long code = number(word);
            if (code >= 100 && code <= 599) {
                codes.add((int) code);
            }
        }
        return codes;
    }

    private static String[] words(RequestHead head, HeaderName name) {
        String value = head.header(name);
        return value == null ? new String[0] : value.strip().split("\\s*,\\s*", -1);
    }

    private static long number(RequestHead head, HeaderName name) {
        return number(head.header(name));
    }

    /** Up to nine digits; -1 for all else. */
    private static long number(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > MOST_DIGITS) {
            return -1;
        }
        return text.chars().allMatch(c -> c >= '0' && c <= '9') ? Long.parseLong(text) : -1;
    }
}
