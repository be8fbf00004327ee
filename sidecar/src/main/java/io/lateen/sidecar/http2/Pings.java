package io.lateen.sidecar.http2;

import io.lateen.sidecar.plan.ConnectionPolicy;
import io.lateen.sidecar.upstream.Worker;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks the other side of an HTTP/2 connection from time to time whether it is there, and ends the
 * connection when it does not say so (RFC 9113 §6.7). All on one event loop.
 */
final class Pings {
    private static final long PAYLOAD = 0x6c617465656e_0001L;

    private final Worker worker;
    private final FrameLink link;
    private final ConnectionPolicy.KeepAlive pace;
    private @Nullable ScheduledFuture<?> timer;

    Pings(Worker worker, FrameLink link, ConnectionPolicy.KeepAlive pace) {
        this.worker = worker;
        this.link = link;
        this.pace = pace;
    }

    /** Begins, where pings are wanted. */
    void begin() {
        if (pace.intervalNanos() > 0) {
            long more = pace.intervalNanos() / 100 * pace.jitterPercent();
            long jitter = more <= 0 ? 0 : worker.random().nextLong(more);
            after(pace.intervalNanos() + jitter, this::ping);
        }
    }

    /** The other side answered a ping. */
    void answered(long payload) {
        if (payload == PAYLOAD && timer != null) {
            end();
            begin();
        }
    }

    /** The connection is gone. */
    void end() {
        ScheduledFuture<?> running = timer;
        timer = null;
        if (running != null) {
            running.cancel(false);
        }
    }

    private void ping() {
        link.ping(PAYLOAD);
        after(pace.timeoutNanos(), link::closeNow);
    }

    private void after(long nanos, Runnable then) {
        timer = worker.loop().schedule(then, nanos, TimeUnit.NANOSECONDS);
    }
}
