package io.lateen.sidecar.telemetry;

import io.lateen.sidecar.exchange.ClusterFacts;
import io.lateen.sidecar.exchange.Principals;
import io.lateen.sidecar.exchange.WorkloadFacts;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The counts of the requests of one loop that have the same labels. Written by its loop, read by
 * whoever scrapes: each cell is exact, and recent.
 */
final class HttpSeries {

    private static final int SUM = Buckets.COUNT;
    private static final int STRIDE = Buckets.COUNT + 1;
    private static final int DURATION = 0;
    private static final int RECEIVED = STRIDE;
    private static final int SENT = 2 * STRIDE;

    /** How many cells a series has. */
    static final int CELLS = 3 * STRIDE;

    private final Key key;
    private final AtomicLongArray cells = new AtomicLongArray(CELLS);

    HttpSeries(Key key) {
        this.key = key;
    }

    /**
     * What labels are made of.
     *
     * @param cluster null-free: {@link #NO_CLUSTER} where none was chosen
     * @param principals who is at the two ends of the mesh's part of the way
     * @param flags a set of response flags
     * @param grpcStatus -1 for none
     */
    record Key(
            boolean inbound,
            ClusterFacts cluster,
            WorkloadFacts destination,
            WorkloadFacts peer,
            Principals principals,
            int status,
            int flags,
            boolean grpc,
            int grpcStatus) {

        /** Stands for the cluster of a request that was answered before one was chosen. */
        static final ClusterFacts NO_CLUSTER = ClusterFacts.unnamed("", false);
    }

    Key key() {
        return key;
    }

    /** One more request. */
    void add(long durationNanos, long receivedBytes, long sentBytes) {
        increase(DURATION + Buckets.of(durationNanos / 1e6), 1);
        increase(DURATION + SUM, durationNanos);
        increase(RECEIVED + Buckets.of((double) receivedBytes), 1);
        increase(RECEIVED + SUM, receivedBytes);
        increase(SENT + Buckets.of((double) sentBytes), 1);
        increase(SENT + SUM, sentBytes);
    }

    /** One writer, so that a plain read and an opaque write never lose a count. */
    private void increase(int cell, long by) {
        cells.setOpaque(cell, cells.getPlain(cell) + by);
    }

    /** Adds this series' cells to {@code totals}. */
    void addTo(long[] totals) {
        for (int i = 0; i < CELLS; i++) {
            totals[i] += cells.getOpaque(i);
        }
    }

    /** One histogram's part of added-up cells. */
    enum Histogram {
        DURATION_OF(DURATION, 1e6),
        RECEIVED_OF(RECEIVED, 1),
        SENT_OF(SENT, 1);

        private final int offset;
        private final double unit;

        Histogram(int offset, double unit) {
            this.offset = offset;
            this.unit = unit;
        }

        long bucket(long[] totals, int bucket) {
            return totals[offset + bucket];
        }

        double sum(long[] totals) {
            return totals[offset + SUM] / unit;
        }
    }

    /** How many requests added-up cells stand for. */
    static long requests(long[] totals) {
        long count = 0;
        for (int i = 0; i < Buckets.COUNT; i++) {
            count += totals[DURATION + i];
        }
        return count;
    }
}
