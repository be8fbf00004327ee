package io.lateen.sidecar.telemetry;

import io.lateen.sidecar.exchange.ClusterFacts;
import io.lateen.sidecar.exchange.Principals;
import io.lateen.sidecar.exchange.WorkloadFacts;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The counts of the raw connections of one loop that have the same labels; as {@link HttpSeries}.
 */
final class TcpSeries {

    /** What is counted; the cell is the ordinal. */
    enum Count {
        OPENED(Metrics.TCP_OPENED),
        CLOSED(Metrics.TCP_CLOSED),
        SENT(Metrics.TCP_SENT),
        RECEIVED(Metrics.TCP_RECEIVED);

        private final Metrics metric;

        Count(Metrics metric) {
            this.metric = metric;
        }

        Metrics metric() {
            return metric;
        }

        @SuppressWarnings("EnumOrdinal") // the cells live in memory alone
        int cell() {
            return ordinal();
        }
    }

    static final int CELLS = 4;

    private final Key key;
    private final AtomicLongArray cells = new AtomicLongArray(CELLS);

    TcpSeries(Key key) {
        this.key = key;
    }

    /** What labels are made of. */
    record Key(
            boolean inbound,
            ClusterFacts cluster,
            WorkloadFacts destination,
            Principals principals,
            int flags) {}

    Key key() {
        return key;
    }

    /** Counts; one writer. */
    void add(Count count, long by) {
        cells.setOpaque(count.cell(), cells.getPlain(count.cell()) + by);
    }

    void addTo(long[] totals) {
        for (int i = 0; i < CELLS; i++) {
            totals[i] += cells.getOpaque(i);
        }
    }
}
