package io.lateen.manager.ads;

import java.time.Instant;

/** What a push does next. */
sealed interface Step {

    /** Sends {@code difference}, then waits for its answer. */
    record Send(ResourceType type, Difference difference) implements Step {}

    /** Waits for the client, and looks again at {@code until} at the latest. */
    record Await(Instant until) implements Step {}

    /**
     * A refusal stands: nothing more can be done before {@code retryAt}, or before a new target.
     */
    record Refused(ResourceType type, Instant retryAt) implements Step {}

    /** The client holds all that it asked for. */
    record Complete() implements Step {}
}
