package io.lateen.sidecar.report;

import io.lateen.sidecar.exchange.Recording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that sends batches, one stream per receiver. While a receiver is away it waits with
 * one batch in its hand, tries again with a growing pause, and lets the queue decide what is
 * dropped.
 */
final class ReportSender implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ReportSender.class);

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 3_000;

    private final RecordQueue queue;
    private final StreamFactory streams;
    private final RandomGenerator random;
    private final Map<Target, StreamFactory.Stream> open = new HashMap<>();
    private final AtomicLong sent = new AtomicLong();
    private final Semaphore closing = new Semaphore(0);
    private @Nullable Thread thread;
    private long pause = FIRST_PAUSE_MILLIS;
    private volatile boolean closed;

    /** Records of listeners that name the same receiver alike share a stream. */
    private record Target(String cluster, String logName) {}

    /** A message holds requests or connections, never both. */
    private record Kind(Target target, boolean requests) {}

    ReportSender(RecordQueue queue, StreamFactory streams, RandomGenerator random) {
        this.queue = queue;
        this.streams = streams;
        this.random = random;
    }

    /** Starts the thread, once. */
    synchronized void start() {
        if (thread == null && !closed) {
            thread = Thread.ofPlatform().daemon().name("lateen-reports").start(this::run);
        }
    }

    long sent() {
        return sent.get();
    }

    private void run() {
        try {
            while (true) {
                List<CallRecord> batch = queue.take(closed ? 0 : 500);
                if (batch != null) {
                    byKind(batch).forEach((kind, each) -> send(kind.target(), each));
                } else if (closed) {
                    open.values().forEach(StreamFactory.Stream::close);
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("Reports have stopped by a defect; please report it.", e);
        }
    }

    private static Map<Kind, List<CallRecord>> byKind(List<CallRecord> batch) {
        Map<Kind, List<CallRecord>> kinds = new LinkedHashMap<>();
        for (CallRecord each : batch) {
            Recording recording = each.recording();
            Target target = new Target(recording.cluster(), recording.logName());
            kinds.computeIfAbsent(
                            new Kind(target, each instanceof CallRecord.Request),
                            _ -> new ArrayList<>())
                    .add(each);
        }
        return kinds;
    }

    private void send(Target target, List<CallRecord> batch) {
        long dropped = queue.takeUntold();
        try {
            while (!trySend(target, batch, dropped)) {
                if (closed) {
                    queue.drop(batch.size());
                    return;
                }
                // From half of the pause to the whole: those that failed together come back apart.
                long wait = pause / 2 + random.nextLong(pause / 2 + 1);
                pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
                var _ = closing.tryAcquire(wait, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean trySend(Target target, List<CallRecord> batch, long dropped)
            throws InterruptedException {
        StreamFactory.Stream stream = open.get(target);
        if (stream == null) {
            Optional<StreamFactory.Stream> opened = streams.open(batch.getFirst().recording());
            if (opened.isEmpty()) {
                tell(target, "there is no such cluster, or no endpoint in it");
                return false;
            }
            stream = opened.get();
            open.put(target, stream);
        }
        if (stream.send(batch, dropped)) {
            sent.addAndGet(batch.size());
            pause = FIRST_PAUSE_MILLIS;
            return true;
        }
        open.remove(target);
        stream.close();
        tell(target, String.valueOf(stream.ended()));
        return false;
    }

    /** Once per outage. */
    private void tell(Target target, String why) {
        if (pause == FIRST_PAUSE_MILLIS) {
            log.warn(
                    "Records are kept back, and dropped beyond {}, until they are taken. cluster={}"
                            + " reason={}",
                    RecordQueue.MOST_RECORDS,
                    target.cluster(),
                    why);
        }
    }

    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            closed = true;
            running = thread;
        }
        closing.release();
        if (running == null) {
            return;
        }
        try {
            running.join(2_000);
            if (running.isAlive()) {
                running.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
