package io.lateen.manager.ads;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the work of one stream one piece after the other, on whatever thread the executor has: what
 * belongs to the stream needs no locks. The queue is guarded by this object's monitor.
 *
 * <p>The queue needs no bound of its own: each stream has at most one push that waits, and gRPC
 * hands over one request after the other.
 */
final class SerialTurns implements Executor {

    private static final Logger log = LoggerFactory.getLogger(SerialTurns.class);

    private final Executor executor;
    private final Queue<Runnable> queue = new ArrayDeque<>();
    private boolean busy;

    SerialTurns(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable work) {
        synchronized (this) {
            queue.add(work);
            if (busy) {
                return;
            }
            busy = true;
        }
        executor.execute(this::drain);
    }

    private void drain() {
        Runnable next = take();
        while (next != null) {
            try {
                next.run();
            } catch (RuntimeException e) {
                log.error("A stream's turn failed; the stream goes on with the next", e);
            }
            next = take();
        }
    }

    private synchronized @Nullable Runnable take() {
        Runnable next = queue.poll();
        busy = next != null;
        return next;
    }
}
