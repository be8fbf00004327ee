package io.lateen.sidecar.report;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Hands batches from the event loops to the sending thread. Bounded by the number of records: a
 * batch that finds no room is dropped and counted, because a mixer that is slow or away must not
 * become slow requests. Any number of loops offer; one thread takes.
 */
final class RecordQueue {

    /** Some 250 bytes each: 2.5 MB at most. */
    static final int MOST_RECORDS = 10_000;

    private final ConcurrentLinkedQueue<List<CallRecord>> batches = new ConcurrentLinkedQueue<>();
    private final AtomicInteger records = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong untold = new AtomicLong();
    private final Semaphore arrived = new Semaphore(0);
    private final Runnable firstOffer;
    private volatile boolean offered;

    /**
     * @param firstOffer called before the first batch is there, perhaps more than once; must not
     *     wait
     */
    RecordQueue(Runnable firstOffer) {
        this.firstOffer = firstOffer;
    }

    /** Hands a batch over; never waits. */
    void offer(List<CallRecord> batch) {
        if (!offered) {
            firstOffer.run();
            offered = true;
        }
        if (records.addAndGet(batch.size()) > MOST_RECORDS) {
            records.addAndGet(-batch.size());
            drop(batch.size());
            return;
        }
        batches.add(batch);
        arrived.release();
    }

    /** Counts records that cannot be reported. */
    void drop(int count) {
        dropped.addAndGet(count);
        untold.addAndGet(count);
    }

    /** The next batch; null when none comes in time. */
    @Nullable List<CallRecord> take(long millis) throws InterruptedException {
        if (!arrived.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            return null;
        }
        List<CallRecord> batch = batches.poll();
        if (batch != null) {
            records.addAndGet(-batch.size());
        }
        return batch;
    }

    /** How many were dropped since this was asked last: for the receiver. */
    long takeUntold() {
        return untold.getAndSet(0);
    }

    /** How many were dropped since the start. */
    long dropped() {
        return dropped.get();
    }
}
