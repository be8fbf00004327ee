package io.lateen.model.validation;

import io.lateen.model.document.Node;
import java.util.Set;

/** Rules for failures made on purpose and for what is tried again. */
final class HttpFaultRules {

    private static final Set<String> GRPC_STATUSES =
            Set.of(
                    "OK",
                    "CANCELLED",
                    "UNKNOWN",
                    "INVALID_ARGUMENT",
                    "DEADLINE_EXCEEDED",
                    "NOT_FOUND",
                    "ALREADY_EXISTS",
                    "PERMISSION_DENIED",
                    "UNAUTHENTICATED",
                    "RESOURCE_EXHAUSTED",
                    "FAILED_PRECONDITION",
                    "ABORTED",
                    "OUT_OF_RANGE",
                    "UNIMPLEMENTED",
                    "INTERNAL",
                    "UNAVAILABLE",
                    "DATA_LOSS");

    /** Envoy's words for {@code x-envoy-retry-on} and {@code x-envoy-retry-grpc-on}. */
    private static final Set<String> RETRY_CONDITIONS =
            Set.of(
                    "5xx",
                    "gateway-error",
                    "reset",
                    "reset-before-request",
                    "connect-failure",
                    "retriable-4xx",
                    "refused-stream",
                    "retriable-status-codes",
                    "retriable-headers",
                    "envoy-ratelimited",
                    "http3-post-connect-failure",
                    "cancelled",
                    "deadline-exceeded",
                    "internal",
                    "resource-exhausted",
                    "unavailable");

    private HttpFaultRules() {}

    static void checkFault(Node fault, Violations violations) {
        if (!fault.exists()) {
            return;
        }
        Node delay = fault.get("delay");
        Node abort = fault.get("abort");
        if (!delay.exists() && !abort.exists()) {
            violations.add(fault.path(), "no fault", "delay, abort, or both");
        }
        CommonRules.percentage(delay.get("percentage"), violations);
        CommonRules.wholePercent(delay.get("percent"), violations);
        CommonRules.wholeMilliseconds(delay.get("fixedDelay"), violations);
        if (delay.exists() && delay.present("fixedDelay", "exponentialDelay").isEmpty()) {
            violations.add(delay.path(), "no delay", "fixedDelay, such as 7s");
        }
        if (delay.has("percent")) {
            violations.warn(delay.get("percent").path(), "is deprecated; write percentage.value");
        }
        CommonRules.percentage(abort.get("percentage"), violations);
        HttpAnswerRules.status(abort.get("httpStatus"), violations);
        if (abort.exists() && abort.present("httpStatus", "grpcStatus", "http2Error").isEmpty()) {
            violations.add(abort.path(), "no status", "httpStatus or grpcStatus");
        }
        Node grpc = abort.get("grpcStatus");
        if (grpc.text().filter(text -> !GRPC_STATUSES.contains(text)).isPresent()) {
            violations.add(
                    grpc.path(),
                    grpc.shown(),
                    "the name of a gRPC status, such as UNAVAILABLE or NOT_FOUND");
        }
    }

    static void checkRetries(Node retries, Violations violations) {
        Node attempts = retries.get("attempts");
        CommonRules.notNegative(attempts, violations);
        boolean off = retries.exists() && attempts.integer().orElse(0) == 0;
        boolean wanted =
                retries.has("perTryTimeout")
                        || retries.hasContent("retryOn")
                        || retries.has("retryRemoteLocalities")
                        || retries.has("backoff");
        if (off && wanted) {
            violations.add(
                    attempts.path(),
                    attempts.exists() ? "0" : "nothing, which means 0",
                    "1 or more, since other fields say how to retry",
                    "set attempts, or remove the other fields to switch retries off");
        }
        CommonRules.wholeMilliseconds(retries.get("perTryTimeout"), violations);
        CommonRules.wholeMilliseconds(retries.get("backoff"), violations);
        Node retryOn = retries.get("retryOn");
        for (String condition : retryOn.text().orElse("").split(",", -1)) {
            String word = condition.strip();
            boolean status = word.matches("[1-5]\\d\\d");
            if (!word.isEmpty() && !status && !RETRY_CONDITIONS.contains(word)) {
                violations.add(
                        retryOn.path(),
                        "\"" + word + "\"",
                        "a status code, or a condition such as 5xx, connect-failure, reset,"
                                + " gateway-error, unavailable");
            }
        }
    }
}
