package io.lateen.manager.publish;

import java.time.Duration;

/**
 * How long changes are gathered: until none has come for {@code quiet}, and no longer than {@code
 * longest} from the first. Istio gathers for 100 ms to 10 s; here a rule is to be in force
 * everywhere well under a second after it was written, and snapshots are cheap.
 *
 * @param quiet the pause that ends the gathering; 0 or more
 * @param longest the bound on it; at least {@code quiet}
 */
public record Debounce(Duration quiet, Duration longest) {

    /** For a mesh whose rules are written by people and pipelines. */
    public static final Debounce DEFAULT =
            new Debounce(Duration.ofMillis(10), Duration.ofMillis(50));

    public Debounce {
        if (quiet.isNegative() || longest.compareTo(quiet) < 0) {
            throw new IllegalArgumentException(
                    "debounce: found quiet "
                            + quiet
                            + " and longest "
                            + longest
                            + ", expected 0 <= quiet <= longest");
        }
    }

    /** When to act on changes of which the first and the last came at these times. */
    long dueNanos(long firstNanos, long lastNanos) {
        return Math.min(lastNanos + quiet.toNanos(), firstNanos + longest.toNanos());
    }
}
