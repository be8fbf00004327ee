package io.lateen.sidecar.plan;

/** When a try is worth another one; names as in Envoy's {@code x-envoy-retry-on}. */
public enum RetryCondition {
    /** Any 5xx answer, and everything that ends without an answer. */
    FIVE_XX("5xx"),
    /** 502, 503 or 504. */
    GATEWAY_ERROR("gateway-error"),
    /** Reset before any part of the answer came. */
    RESET("reset"),
    /** Reset before the request was sent. */
    RESET_BEFORE_REQUEST("reset-before-request"),
    /** The connection could not be made. */
    CONNECT_FAILURE("connect-failure"),
    /** 409. */
    RETRIABLE_4XX("retriable-4xx"),
    /** HTTP/2 REFUSED_STREAM. */
    REFUSED_STREAM("refused-stream"),
    /** One of the configured codes. */
    RETRIABLE_STATUS_CODES("retriable-status-codes"),
    /** One of the configured headers is in the answer. */
    RETRIABLE_HEADERS("retriable-headers"),
    /** The answer says by {@code x-envoy-ratelimited} that a limit was reached. */
    ENVOY_RATELIMITED("envoy-ratelimited"),
    /** grpc-status 1. */
    CANCELLED("cancelled"),
    /** grpc-status 4. */
    DEADLINE_EXCEEDED("deadline-exceeded"),
    /** grpc-status 13. */
    INTERNAL("internal"),
    /** grpc-status 8. */
    RESOURCE_EXHAUSTED("resource-exhausted"),
    /** grpc-status 14. */
    UNAVAILABLE("unavailable");

    private final String word;

    RetryCondition(String word) {
        this.word = word;
    }

    /** This condition's bit in a set. The sets live in memory alone, so the order may change. */
    @SuppressWarnings("EnumOrdinal")
    int bit() {
        return 1 << ordinal();
    }

    /** The word in a configuration. */
    public String word() {
        return word;
    }
}
