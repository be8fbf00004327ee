package io.lateen.model.resource;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often a service may be called.
 *
 * @param service whose short name it is, in the resource's namespace; null where {@code selector}
 *     says it
 * @param selector the workloads whose callers are counted; null where {@code service} says it
 * @param scope who counts
 * @param limits each of which must let a request pass
 * @param onUnavailable what is done while nobody can say whether a limit is reached
 * @param deadline how long a request waits for the answer at most
 */
public record RateLimit(
        @Nullable String service,
        @Nullable WorkloadSelector selector,
        Scope scope,
        List<Limit> limits,
        OnUnavailable onUnavailable,
        Duration deadline)
        implements Spec {

    public RateLimit {
        limits = List.copyOf(limits);
    }

    /**
     * One limit.
     *
     * @param requests so many are let pass
     * @param per in a time that begins with the first of them
     * @param by what is counted apart; empty counts all requests together
     */
    public record Limit(long requests, Duration per, List<Key> by) {

        public Limit {
            by = List.copyOf(by);
        }
    }

    /**
     * What requests are told apart by.
     *
     * @param header whose value is counted apart from other values; requests without it are counted
     *     together
     */
    public record Key(String header) {}

    /** Who counts. */
    public enum Scope {
        /** The mixer: all workloads together. */
        Mesh,
        /** Each workload's sidecar for itself, without asking anybody. */
        Workload
    }

    /** What is done with a request while nobody can say whether a limit is reached. */
    public enum OnUnavailable {
        /** It passes. */
        Allow,
        /** It is refused. */
        Deny
    }
}
