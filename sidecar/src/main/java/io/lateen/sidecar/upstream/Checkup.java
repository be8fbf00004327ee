package io.lateen.sidecar.upstream;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One question to an endpoint: its answer is told once, on the worker's loop, and in time. */
final class Checkup {
    /** What came of it. */
    interface Verdict {
        /** The endpoint is well. */
        void well();

        /**
         * It is not, or did not say.
         *
         * @param said whether it said so itself: then one time is enough
         */
        void ill(String why, boolean said);
    }

    private final Verdict verdict;
    private final ScheduledFuture<?> patience;
    private @Nullable Runnable connection;
    private boolean over;

    Checkup(Worker worker, long timeoutNanos, Verdict verdict) {
        this.verdict = verdict;
        patience =
                worker.loop()
                        .schedule(
                                () -> ill("no answer in time", false),
                                timeoutNanos,
                                TimeUnit.NANOSECONDS);
    }

    /** Whether the answer has been told, or nobody waits for it any more. */
    boolean isOver() {
        return over;
    }

    /** There is a connection, to be closed in this way when the answer is there. */
    void connected(Runnable close) {
        if (over) {
            close.run();
        } else {
            connection = close;
        }
    }

    /** Nobody waits for the answer. */
    void end() {
        if (over) {
            return;
        }
        over = true;
        patience.cancel(false);
        if (connection != null) {
            connection.run();
        }
    }

    void well() {
        if (!over) {
            end();
            verdict.well();
        }
    }

    void ill(String why, boolean said) {
        if (!over) {
            end();
            verdict.ill(why, said);
        }
    }
}
