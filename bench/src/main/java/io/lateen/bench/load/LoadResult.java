package io.lateen.bench.load;

import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What came back in one slot.
 *
 * @param requests answered with 200 and a whole body
 * @param failures everything else that was begun
 * @param seconds length of the slot
 * @param latencyNanos from the moment that the rate asked for the request to the last byte of its
 *     answer; only where the load has a rate
 */
public record LoadResult(
        long requests, long failures, double seconds, Optional<Histogram> latencyNanos) {

    public double requestsPerSecond() {
        return requests / seconds;
    }
}
