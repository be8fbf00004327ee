package io.lateen.sidecar.plan;

import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** When and how often a request is tried again. Immutable; read on every loop. */
public final class RetryPlan {

    /** Every request has one try. */
    public static final RetryPlan NEVER =
            new RetryPlan(0, Set.of(), Set.of(), Pace.DEFAULT, HostChoice.ANY);

    private final int attempts;
    private final int conditions;
    private final BitSet statusCodes;
    private final Headers headers;
    private final Pace pace;
    private final HostChoice hosts;

    /**
     * @param attempts how many tries may follow the first, 0 for none
     * @param statusCodes the codes that {@link RetryCondition#RETRIABLE_STATUS_CODES} means
     */
    public RetryPlan(
            int attempts,
            Set<RetryCondition> conditions,
            Set<Integer> statusCodes,
            Pace pace,
            HostChoice hosts) {
        this(attempts, bits(conditions), bits(statusCodes, new BitSet()), Headers.ANY, pace, hosts);
    }

    private RetryPlan(
            int attempts,
            int conditions,
            BitSet statusCodes,
            Headers headers,
            Pace pace,
            HostChoice hosts) {
        this.attempts = attempts;
        this.conditions = conditions;
        this.statusCodes = statusCodes;
        this.headers = headers;
        this.pace = pace;
        this.hosts = hosts;
    }

    private static int bits(Set<RetryCondition> conditions) {
        return conditions.stream().mapToInt(RetryCondition::bit).sum();
    }

    private static BitSet bits(Set<Integer> codes, BitSet before) {
        BitSet all = (BitSet) before.clone();
        codes.forEach(all::set);
        return all;
    }

    /**
     * What is looked at in heads.
     *
     * @param retriable answers that {@link RetryCondition#RETRIABLE_HEADERS} means; any of them
     * @param requests which requests may be tried again; any of them, all where there are none
     */
    public record Headers(
            List<Predicate<Fields>> retriable, List<Predicate<RequestHead>> requests) {

        /** No answer is worth another try because of its headers; every request is. */
        public static final Headers ANY = new Headers(List.of(), List.of());

        public Headers {
            retriable = List.copyOf(retriable);
            requests = List.copyOf(requests);
        }
    }

    /**
     * Time between tries and for each.
     *
     * @param perTryTimeoutNanos 0 for no limit but the route's own
     * @param baseNanos the first back-off is random in [0, this)
     * @param maxNanos no back-off is longer
     */
    public record Pace(long perTryTimeoutNanos, long baseNanos, long maxNanos) {

        /** Envoy's: 25 ms, at most ten times that. */
        public static final Pace DEFAULT = new Pace(0, 25_000_000L, 250_000_000L);
    }

    /**
     * Which hosts another try may go to.
     *
     * @param avoidPrevious not to one that was tried already, if there is another
     * @param selectionAttempts how often a pick is repeated to find such a one
     * @param otherPriorityAfter after every so many tries the priorities tried so far are left out,
     *     while there are others; 0 for never
     */
    public record HostChoice(boolean avoidPrevious, int selectionAttempts, int otherPriorityAfter) {

        /** Any host that the balancer picks. */
        public static final HostChoice ANY = new HostChoice(false, 1, 0);
    }

    /** The same, looking at heads as well. */
    public RetryPlan looking(Headers at) {
        return new RetryPlan(attempts, conditions, statusCodes, at, pace, hosts);
    }

    /** The same for more reasons; one try more where there was none (Envoy's default). */
    public RetryPlan alsoOn(Set<RetryCondition> more, Set<Integer> codes, String... headerNames) {
        List<Predicate<Fields>> retriable = new ArrayList<>(headers.retriable());
        for (String name : headerNames) {
            try {
                HeaderName wanted = HeaderName.of(name);
                retriable.add(fields -> fields.has(wanted));
            } catch (IllegalArgumentException noName) {
                // Nobody answers with such a header.
            }
        }
        return new RetryPlan(
                Math.max(1, attempts),
                conditions | bits(more),
                bits(codes, statusCodes),
                new Headers(retriable, headers.requests()),
                pace,
                hosts);
    }

    /** The same with another number of tries after the first. */
    public RetryPlan times(int retries) {
        return conditions == 0
                ? this
                : new RetryPlan(retries, conditions, statusCodes, headers, pace, hosts);
    }

    /** The same with another limit for each try, 0 for none. */
    public RetryPlan eachWithin(long nanos) {
        return new RetryPlan(
                attempts,
                conditions,
                statusCodes,
                headers,
                new Pace(nanos, pace.baseNanos(), pace.maxNanos()),
                hosts);
    }

    /** How many tries may follow the first. */
    public int attempts() {
        return attempts;
    }

    /** Whether {@code condition} is worth another try. */
    public boolean on(RetryCondition condition) {
        return (conditions & condition.bit()) != 0;
    }

    /** Whether an answer with this status is worth another try, for any of the reasons. */
    public boolean onStatus(int status) {
        return (status >= 500 && status <= 599 && on(RetryCondition.FIVE_XX))
                || (status >= 502 && status <= 504 && on(RetryCondition.GATEWAY_ERROR))
                || (status == 409 && on(RetryCondition.RETRIABLE_4XX))
                || (statusCodes.get(status) && on(RetryCondition.RETRIABLE_STATUS_CODES));
    }

    /** Whether an answer with these headers is worth another try. */
    public boolean onHeaders(Fields fields) {
        if (!on(RetryCondition.RETRIABLE_HEADERS)) {
            return false;
        }
        for (Predicate<Fields> each : headers.retriable()) {
            if (each.test(fields)) {
                return true;
            }
        }
        return false;
    }

    /** Whether this request may be tried again at all. */
    public boolean takes(RequestHead request) {
        List<Predicate<RequestHead>> wanted = headers.requests();
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i).test(request)) {
                return true;
            }
        }
        return wanted.isEmpty();
    }

    /** The codes that {@link RetryCondition#RETRIABLE_STATUS_CODES} means. */
    public Set<Integer> statusCodes() {
        return statusCodes.stream().boxed().collect(Collectors.toUnmodifiableSet());
    }

    /** Whether an answer with this {@code grpc-status} is worth another try. */
    public boolean onGrpcStatus(int grpcStatus) {
        return switch (grpcStatus) {
            case 1 -> on(RetryCondition.CANCELLED);
            case 4 -> on(RetryCondition.DEADLINE_EXCEEDED);
            case 8 -> on(RetryCondition.RESOURCE_EXHAUSTED);
            case 13 -> on(RetryCondition.INTERNAL);
            case 14 -> on(RetryCondition.UNAVAILABLE);
            default -> false;
        };
    }

    public long perTryTimeoutNanos() {
        return pace.perTryTimeoutNanos();
    }

    public long backOffBaseNanos() {
        return pace.baseNanos();
    }

    public long backOffMaxNanos() {
        return pace.maxNanos();
    }

    public boolean avoidPreviousHosts() {
        return hosts.avoidPrevious();
    }

    public int hostSelectionAttempts() {
        return hosts.selectionAttempts();
    }

    /** After how many tries the priorities tried so far are left out; 0 for never. */
    public int otherPriorityAfter() {
        return hosts.otherPriorityAfter();
    }

    @Override
    public String toString() {
        Set<RetryCondition> on = EnumSet.noneOf(RetryCondition.class);
        for (RetryCondition condition : RetryCondition.values()) {
            if (on(condition)) {
                on.add(condition);
            }
        }
        return "RetryPlan[" + attempts + " on " + on + " " + statusCodes + ", " + pace + "]";
    }
}
