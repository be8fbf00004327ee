package io.lateen.manager.ads;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one type is at one proxy.
 *
 * @param status in Istio's words
 * @param version a hash over what the proxy has accepted; empty for nothing
 * @param resources how many resources it has accepted
 * @param lastNack its last refusal, kept after it is mended; null if it never refused one
 */
public record TypeProgress(Status status, String version, int resources, @Nullable Nack lastNack) {

    /** A type that the proxy was sent nothing of. */
    static final TypeProgress NOTHING = new TypeProgress(Status.NOT_SENT, "", 0, null);

    /** Whether a proxy has what it should. */
    public enum Status {
        /** It has all of it. */
        SYNCED,
        /** Something is on its way. */
        STALE,
        /** It refused the newest and keeps the last good. */
        NACKED,
        /** It was sent nothing, or asked for nothing. */
        NOT_SENT
    }

    /**
     * A refusal.
     *
     * @param message why, in the proxy's words
     * @param at when
     */
    public record Nack(String message, Instant at) {}
}
