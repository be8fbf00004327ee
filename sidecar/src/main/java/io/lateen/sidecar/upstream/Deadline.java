package io.lateen.sidecar.upstream;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The timers of one exchange: the whole request's, the silence's, and a filter's pause. */
final class Deadline {
    /** Which limit was reached. */
    enum Limit {
        TOTAL,
        IDLE
    }

    /** Who is told. */
    interface Expiry {
        void reached(Limit limit, long nanos);
    }

    private final Worker worker;
    private final Expiry expiry;
    private long totalNanos;
    private long idleNanos;
    private long touchedNanos;
    private @Nullable ScheduledFuture<?> total;
    private @Nullable ScheduledFuture<?> idle;
    private @Nullable ScheduledFuture<?> pause;

    Deadline(Worker worker, Expiry expiry) {
        this.worker = worker;
        this.expiry = expiry;
    }

    /** Sets the limits, 0 for none; of two for the whole the shorter counts. */
    void limits(long timeoutNanos, long durationNanos, long silenceNanos) {
        totalNanos =
                timeoutNanos == 0 || durationNanos == 0
                        ? timeoutNanos + durationNanos
                        : Math.min(timeoutNanos, durationNanos);
        idleNanos = silenceNanos;
        if (idleNanos > 0) {
            touchedNanos = worker.nanos();
            watch(idleNanos);
        }
    }

    /** The request is complete: the time for its response runs. */
    void requestEnded() {
        if (totalNanos > 0 && total == null) {
            total =
                    worker.loop()
                            .schedule(
                                    () -> expiry.reached(Limit.TOTAL, totalNanos),
                                    totalNanos,
                                    TimeUnit.NANOSECONDS);
        }
    }

    /** Something moved. */
    void touch() {
        if (idleNanos > 0) {
            touchedNanos = worker.nanos();
        }
    }

    /** Calls back after a time. */
    void pause(long nanos, Runnable then) {
        pause = worker.loop().schedule(then, nanos, TimeUnit.NANOSECONDS);
    }

    /** No timer fires any more. */
    void cancel() {
        total = cancel(total);
        idle = cancel(idle);
        pause = cancel(pause);
    }

    private void watch(long nanos) {
        idle = worker.loop().schedule(this::checkSilence, nanos, TimeUnit.NANOSECONDS);
    }

    private void checkSilence() {
        long left = touchedNanos + idleNanos - worker.nanos();
        if (left > 0) {
            watch(left);
        } else {
            expiry.reached(Limit.IDLE, idleNanos);
        }
    }

    private static @Nullable ScheduledFuture<?> cancel(@Nullable ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
        return null;
    }
}
