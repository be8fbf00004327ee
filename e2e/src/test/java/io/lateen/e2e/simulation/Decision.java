package io.lateen.e2e.simulation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What becomes of a request: the common tongue of the oracle and of the mesh itself. */
sealed interface Decision {

    /** Nobody wants it. */
    record NoRoute() implements Decision {}

    /** It leaves the mesh for the place that it names. */
    record Passthrough() implements Decision {}

    /** The client is sent elsewhere. */
    record Redirected(int status, String location) implements Decision {}

    /** The proxy answers. */
    record Answered(int status, String body) implements Decision {}

    /**
     * It goes to one of some clusters.
     *
     * @param rule the path of the VirtualService, or empty
     * @param shares who gets how many, in the order of the rule
     * @param clusters what is known of each cluster
     */
    record Forwarded(
            String rule,
            List<Share> shares,
            Map<String, Known> clusters,
            long timeoutNanos,
            Retries retries,
            Faults faults,
            SortedMap<String, Integer> mirrors)
            implements Decision {}

    /** One destination's part, in parts of a million, and the request as it arrives there. */
    record Share(String cluster, int perMillion, Sent sent) {}

    /** A cluster: how its endpoints are picked, and which they are. */
    record Known(boolean exists, String balancing, SortedSet<String> endpoints) {

        /** The cluster is not there. */
        static final Known MISSING = new Known(false, "", new java.util.TreeSet<>());
    }

    /** The request as the upstream sees it; headers are those that rules may touch. */
    record Sent(String authority, String target, SortedMap<String, String> headers) {}

    /** When it is tried again. */
    record Retries(
            int attempts, Set<String> conditions, Set<Integer> statusCodes, long perTryNanos) {

        /** Never. */
        static final Retries NEVER = new Retries(0, Set.of(), Set.of(), 0);
    }

    /** Failures made on purpose. */
    record Faults(
            long delayNanos, int delayPerMillion, @Nullable Integer abort, int abortPerMillion) {

        /** None. */
        static final Faults NONE = new Faults(0, 0, null, 0);
    }
}
