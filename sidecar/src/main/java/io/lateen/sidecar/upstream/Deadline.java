package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one exchange: the whole request's, its gRPC client's, the silence's, and a filter's
 * pause.
 */
final class Deadline {
    /** Nobody waits longer: a deadline beyond is none. */
    private static final long FAR_NANOS = TimeUnit.DAYS.toNanos(365);

    /** Which limit was reached. */
    enum Limit {
        /** The route's. */
        TOTAL,
        /** The client's own. */
        PROMISED,
        IDLE
    }

    /** Who is told. */
    interface Expiry {
        void reached(Limit limit, long nanos);
    }

    private final Worker worker;
    private final Expiry expiry;
    private boolean grpc;
    private long totalNanos;
    private long totalEndsNanos;
    private long promisedNanos;
    private long promiseEndsNanos;
    private long idleNanos;
    private long touchedNanos;
    private @Nullable ScheduledFuture<?> total;
    private @Nullable ScheduledFuture<?> promised;
    private @Nullable ScheduledFuture<?> idle;
    private @Nullable ScheduledFuture<?> pause;

    Deadline(Worker worker, Expiry expiry) {
        this.worker = worker;
        this.expiry = expiry;
    }

    /**
     * Sets the limits as the request is sent on.
     *
     * @param durationNanos the longest life of a stream to the cluster; 0 for none
     */
    void begin(Exchange exchange, ForwardPolicy.Times times, long durationNanos) {
        grpc = times.readsGrpc() && GrpcStatus.speaks(exchange.request());
        long whole = grpc ? times.mostGrpcNanos() : times.timeoutNanos();
        totalNanos =
                whole == 0 || durationNanos == 0
                        ? whole + durationNanos
                        : Math.min(whole, durationNanos);
        if (grpc) {
            promise(exchange);
        }
        idleNanos = times.idleNanos();
        if (idleNanos > 0) {
            touchedNanos = worker.nanos();
            watch(idleNanos);
        }
    }

    // From the head on: a request that never ends is over then as well.
    private void promise(Exchange exchange) {
        long asked = GrpcTimeout.of(exchange.request());
        if (asked == GrpcTimeout.NONE || asked >= FAR_NANOS) {
            return;
        }
        promisedNanos = Math.max(1, asked);
        promiseEndsNanos = exchange.startNanos() + asked;
        promised =
                worker.loop()
                        .schedule(
                                () -> expiry.reached(Limit.PROMISED, asked),
                                Math.max(0, promiseEndsNanos - worker.nanos()),
                                TimeUnit.NANOSECONDS);
    }

    /** Whether the client's time is over; nothing is sent then. */
    boolean overdue() {
        return promisedNanos > 0 && promiseEndsNanos - worker.nanos() <= 0;
    }

    /** How long the client gave it. */
    long promisedNanos() {
        return promisedNanos;
    }

    /**
     * Tells a gRPC server how long there is for this try: what is left of the shortest limit.
     *
     * @param perTryNanos 0 for no limit of its own
     */
    void stamp(Exchange exchange, long perTryNanos) {
        if (!grpc) {
            return;
        }
        long left = perTryNanos > 0 ? perTryNanos : Long.MAX_VALUE;
        if (totalNanos > 0) {
            left = Math.min(left, total == null ? totalNanos : totalEndsNanos - worker.nanos());
        }
        if (promisedNanos > 0) {
            left = Math.min(left, promiseEndsNanos - worker.nanos());
        }
        if (left < FAR_NANOS) {
            GrpcTimeout.set(exchange.request(), left);
        }
    }

    /** The request is complete: the time for its response runs. */
    void requestEnded() {
        if (totalNanos > 0 && total == null) {
            totalEndsNanos = worker.nanos() + totalNanos;
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
        promised = cancel(promised);
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
