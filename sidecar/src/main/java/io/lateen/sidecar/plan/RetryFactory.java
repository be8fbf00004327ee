package io.lateen.sidecar.plan;

import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.RequestHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Makes retry plans from {@code envoy.config.route.v3.RetryPolicy}. */
final class RetryFactory {

    private static final String PREVIOUS_HOSTS = "envoy.retry_host_predicates.previous_hosts";

    /** Envoy rounds a shorter back-off up to this. */
    private static final long LEAST_NANOS = 1_000_000L;

    private RetryFactory() {}

    static RetryPlan retry(RetryPolicy policy, String at) throws Refusal {
        Set<Integer> codes = new HashSet<>();
        for (int code : policy.getRetriableStatusCodesList()) {
            if (code < 100 || code > 599) {
                throw new Refusal(
                        at + ".retriable_status_codes",
                        "holds %d; expected 100..599".formatted(code));
            }
            codes.add(code);
        }
        int attempts = policy.hasNumRetries() ? policy.getNumRetries().getValue() : 1;
        if (attempts < 0) {
            throw new Refusal(at + ".num_retries", "is beyond 2147483647");
        }
        RetryPlan plan =
                new RetryPlan(
                        attempts,
                        conditions(policy.getRetryOn(), at),
                        codes,
                        pace(policy, at),
                        hosts(policy, at));
        return policy.getRetriableHeadersCount() + policy.getRetriableRequestHeadersCount() == 0
                ? plan
                : plan.looking(headers(policy, at));
    }

    private static RetryPlan.Headers headers(RetryPolicy policy, String at) throws Refusal {
        List<Predicate<Fields>> retriable = new ArrayList<>();
        for (int i = 0; i < policy.getRetriableHeadersCount(); i++) {
            retriable.add(
                    MatchFactory.responseHeader(
                            policy.getRetriableHeaders(i), at + ".retriable_headers[" + i + "]"));
        }
        List<Predicate<RequestHead>> requests = new ArrayList<>();
        for (int i = 0; i < policy.getRetriableRequestHeadersCount(); i++) {
            requests.add(
                    MatchFactory.header(
                                    policy.getRetriableRequestHeaders(i),
                                    at + ".retriable_request_headers[" + i + "]")
                            ::matches);
        }
        return new RetryPlan.Headers(retriable, requests);
    }

    private static Set<RetryCondition> conditions(String words, String at) throws Refusal {
        Set<RetryCondition> conditions = EnumSet.noneOf(RetryCondition.class);
        for (String word : words.split(",", -1)) {
            String trimmed = word.strip();
            if (!trimmed.isEmpty()) {
                conditions.add(condition(trimmed, at));
            }
        }
        return conditions;
    }

    private static RetryCondition condition(String word, String at) throws Refusal {
        for (RetryCondition condition : RetryCondition.values()) {
            if (condition.word().equals(word)) {
                return condition;
            }
        }
        String known =
                Arrays.stream(RetryCondition.values())
                        .map(RetryCondition::word)
                        .collect(Collectors.joining(", "));
        throw new Refusal(
                at + ".retry_on", "holds '%s'; expected any of %s".formatted(word, known));
    }

    private static RetryPlan.Pace pace(RetryPolicy policy, String at) throws Refusal {
        long perTry = Reading.nanos(policy.getPerTryTimeout(), at + ".per_try_timeout");
        if (!policy.hasRetryBackOff()) {
            return new RetryPlan.Pace(
                    perTry, RetryPlan.Pace.DEFAULT.baseNanos(), RetryPlan.Pace.DEFAULT.maxNanos());
        }
        RetryPolicy.RetryBackOff backOff = policy.getRetryBackOff();
        String field = at + ".retry_back_off";
        long base =
                Math.max(
                        LEAST_NANOS,
                        Reading.nanos(backOff.getBaseInterval(), field + ".base_interval"));
        long max =
                backOff.hasMaxInterval()
                        ? Reading.nanos(backOff.getMaxInterval(), field + ".max_interval")
                        : 10 * base;
        if (max < base) {
            throw new Refusal(field + ".max_interval", "is less than base_interval");
        }
        return new RetryPlan.Pace(perTry, base, max);
    }

    private static RetryPlan.HostChoice hosts(RetryPolicy policy, String at) throws Refusal {
        boolean avoidPrevious = false;
        for (RetryPolicy.RetryHostPredicate predicate : policy.getRetryHostPredicateList()) {
            if (!predicate.getName().equals(PREVIOUS_HOSTS)) {
                throw new Refusal(
                        at + ".retry_host_predicate",
                        "is '%s'; expected %s".formatted(predicate.getName(), PREVIOUS_HOSTS));
            }
            avoidPrevious = true;
        }
        long attempts = Math.clamp(policy.getHostSelectionRetryMaxAttempts(), 1, 100);
        return new RetryPlan.HostChoice(avoidPrevious, (int) attempts, otherPriority(policy, at));
    }

    private static int otherPriority(RetryPolicy policy, String at) throws Refusal {
        if (!policy.hasRetryPriority()) {
            return 0;
        }
        String field = at + ".retry_priority";
        RetryPolicy.RetryPriority priority = policy.getRetryPriority();
        String type = Reading.typeOf(priority.getTypedConfig());
        if (!type.equals(PreviousPrioritiesConfig.getDescriptor().getFullName())) {
            throw new Refusal(
                    field,
                    "is '%s' (%s); expected envoy.retry_priorities.previous_priorities"
                            .formatted(priority.getName(), type));
        }
        int every =
                Reading.unpack(
                                priority.getTypedConfig(),
                                PreviousPrioritiesConfig.parser(),
                                KnownFields.PREVIOUS_PRIORITIES,
                                field)
                        .getUpdateFrequency();
        if (every < 1) {
            throw new Refusal(field + ".update_frequency", "is " + every + "; expected 1 or more");
        }
        return every;
    }
}
