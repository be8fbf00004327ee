package io.lateen.mixer.report;

import java.time.Duration;
import java.time.Instant;

/** How finely time is cut: the last minutes finely, the last hour by the minute. */
public enum Resolution {
    /** Ten seconds, for five minutes. */
    FINE(10, 31),
    /** A minute, for an hour. */
    COARSE(60, 61);

    private final int seconds;
    private final int slots;

    Resolution(int seconds, int slots) {
        this.seconds = seconds;
        this.slots = slots;
    }

    /** How long a slot is. */
    public int seconds() {
        return seconds;
    }

    /** How many slots are kept, the one that is being filled included. */
    public int slots() {
        return slots;
    }

    /** The longest window that can be answered. */
    public Duration longest() {
        return Duration.ofSeconds((long) seconds * (slots - 1));
    }

    /** The number of the slot that a moment falls into, counted from the epoch. */
    public long slotAt(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), seconds);
    }

    /** The finest that covers a window. */
    public static Resolution covering(Duration window) {
        return window.compareTo(FINE.longest()) <= 0 ? FINE : COARSE;
    }
}
