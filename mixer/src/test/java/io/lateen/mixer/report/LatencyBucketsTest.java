package io.lateen.mixer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lateen.testkit.property.Property;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** How true percentiles are. */
final class LatencyBucketsTest {

    /** Half a bucket, in the geometric sense: 2^(1/8). */
    private static final double ERROR = 0.0906;

    @Test
    void everyPercentileIsWithinHalfABucketOfTheExactOne() {
        Property.forAll(
                300,
                random -> {
                    int count = random.nextInt(1, 2_000);
                    long[] micros = new long[count];
                    long[] buckets = new long[LatencyBuckets.COUNT];
                    double spread = random.nextDouble(0.1, 3);
                    for (int i = 0; i < count; i++) {
                        // From 0.1 ms to minutes, as latencies are: many small, few large.
                        micros[i] =
                                (long)
                                        Math.clamp(
                                                100
                                                        + 5_000
                                                                * Math.exp(
                                                                        spread
                                                                                * random
                                                                                        .nextGaussian()),
                                                101,
                                                1_600_000_000);
                        buckets[LatencyBuckets.of(micros[i])]++;
                    }
                    Arrays.sort(micros);
                    for (double share : new double[] {0.01, 0.5, 0.95, 0.99, 1}) {
                        double exact = micros[(int) Math.max(1, Math.ceil(share * count)) - 1];

                        double found = LatencyBuckets.percentileMicros(buckets, share);

                        assertThat(found)
                                .as("p%s of %s", share * 100, count)
                                .isCloseTo(exact, within(exact * ERROR + 1));
                    }
                });
    }

    @Test
    void theFirstAndTheLastBucketTakeEverythingBeyond() {
        assertThat(LatencyBuckets.of(0)).isZero();
        assertThat(LatencyBuckets.of(100)).isZero();
        assertThat(LatencyBuckets.of(Long.MAX_VALUE)).isEqualTo(LatencyBuckets.COUNT - 1);
    }

    @Test
    void nothingHasNoPercentile() {
        assertThat(LatencyBuckets.percentileMicros(new long[LatencyBuckets.COUNT], 0.5))
                .isEqualTo(-1);
    }
}
