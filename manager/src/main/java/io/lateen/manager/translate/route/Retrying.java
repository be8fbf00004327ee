package io.lateen.manager.translate.route;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import io.envoyproxy.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;
import io.lateen.manager.translate.envoy.Deterministic;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.model.resource.HttpRoute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When and how often a failed request is tried again. */
final class Retrying {

    private static final int DEFAULT_RETRIES = 2;
    private static final int HOST_ATTEMPTS = 5;
    private static final int PRIORITY_UPDATES = 2;
    private static final String STATUS_CODES = "retriable-status-codes";

    /** Also what a request to a service without any rule is tried again on. */
    private static final String DEFAULT_CONDITIONS =
            "connect-failure,refused-stream,unavailable,cancelled," + STATUS_CODES;

    private Retrying() {}

    /**
     * The policy of a route; nothing if it is never tried again.
     *
     * @param written the rule's; null means the mesh's default
     * @param keptToOneEndpoint whether the requests belong to one endpoint: then the next try must
     *     not avoid it
     */
    static Optional<RetryPolicy> policy(
            HttpRoute.@Nullable Retries written, boolean keptToOneEndpoint) {
        if (written == null) {
            return Optional.of(standard(keptToOneEndpoint).build());
        }
        if (written.attempts() <= 0) {
            return Optional.empty();
        }
        boolean anyHost =
                keptToOneEndpoint || Boolean.FALSE.equals(written.retryIgnorePreviousHosts());
        RetryPolicy.Builder policy =
                standard(anyHost).setNumRetries(UInt32Value.of(written.attempts()));
        conditions(policy, written.conditions());
        Duration perTry = written.perTryTimeout();
        if (perTry != null) {
            policy.setPerTryTimeout(Words.duration(perTry));
        }
        Duration backoff = written.backoff();
        if (backoff != null) {
            policy.setRetryBackOff(
                    RetryPolicy.RetryBackOff.newBuilder().setBaseInterval(Words.duration(backoff)));
        }
        if (Boolean.TRUE.equals(written.retryRemoteLocalities())) {
            policy.setRetryPriority(
                    RetryPolicy.RetryPriority.newBuilder()
                            .setName("envoy.retry_priorities.previous_priorities")
                            .setTypedConfig(
                                    Deterministic.any(
                                            PreviousPrioritiesConfig.newBuilder()
                                                    .setUpdateFrequency(PRIORITY_UPDATES)
                                                    .build())));
        }
        return Optional.of(policy.build());
    }

    /** The policy towards the application beside the proxy: only what cannot have reached it. */
    static RetryPolicy inbound() {
        return RetryPolicy.newBuilder()
                .setRetryOn("reset-before-request")
                .setNumRetries(UInt32Value.of(DEFAULT_RETRIES))
                .build();
    }

    private static RetryPolicy.Builder standard(boolean anyHost) {
        RetryPolicy.Builder policy =
                RetryPolicy.newBuilder()
                        .setRetryOn(DEFAULT_CONDITIONS)
                        .setNumRetries(UInt32Value.of(DEFAULT_RETRIES));
        if (!anyHost) {
            policy.setHostSelectionRetryMaxAttempts(HOST_ATTEMPTS)
                    .addRetryHostPredicate(
                            RetryPolicy.RetryHostPredicate.newBuilder()
                                    .setName("envoy.retry_host_predicates.previous_hosts")
                                    .setTypedConfig(
                                            Deterministic.any(
                                                    PreviousHostsPredicate.getDefaultInstance())));
        }
        return policy;
    }

    /** Bare status codes among the conditions become a list of their own. */
    private static void conditions(RetryPolicy.Builder policy, List<String> written) {
        if (written.isEmpty()) {
            return;
        }
        List<String> words = new ArrayList<>();
        for (String condition : written) {
            if (condition.chars().allMatch(Character::isDigit)) {
                policy.addRetriableStatusCodes(Integer.parseInt(condition));
            } else {
                words.add(condition);
            }
        }
        if (policy.getRetriableStatusCodesCount() > 0 && !words.contains(STATUS_CODES)) {
            words.add(STATUS_CODES);
        }
        policy.setRetryOn(String.join(",", words));
    }
}
