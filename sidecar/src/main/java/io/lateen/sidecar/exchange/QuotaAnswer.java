package io.lateen.sidecar.exchange;

import java.util.List;

/** What came of a {@link QuotaQuestion}. */
public sealed interface QuotaAnswer {

    /** The request is within its limits. */
    record Within() implements QuotaAnswer {}

    /**
     * It is not.
     *
     * @param headers that tell the client when to come back
     */
    record Over(Limit limit, List<LocalReply.Header> headers) implements QuotaAnswer {

        public Over {
            headers = List.copyOf(headers);
        }
    }

    /** Nobody said so in time. */
    record Unknown(String reason) implements QuotaAnswer {}

    /**
     * The limit that is reached.
     *
     * @param rule the resource that it is of; empty if it was not said
     * @param requests how many are let pass
     * @param resetSeconds until some are again
     */
    record Limit(String rule, long requests, long resetSeconds) {}
}
