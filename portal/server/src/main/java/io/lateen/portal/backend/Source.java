package io.lateen.portal.backend;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one backend's part of an answer can be trusted.
 *
 * @param name which
 * @param state whether it answers
 * @param since since when it is in that state; null before the first call
 * @param asOf when it last answered; null when never
 * @param message what was found when it was last asked and did not answer; null when it answers
 */
public record Source(
        Backend name,
        State state,
        @Nullable Instant since,
        @Nullable Instant asOf,
        @Nullable String message) {

    /** Whether a backend answers. */
    public enum State {
        /** It answers. */
        @JsonProperty("up")
        UP,
        /** It does not. */
        @JsonProperty("away")
        AWAY,
        /** Its address was not given to the portal. */
        @JsonProperty("unset")
        UNSET
    }
}
