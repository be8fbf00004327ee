package io.lateen.sidecar.filter.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BucketsTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Fingerprint fingerprint = new Fingerprint(7, 11);

    private long key(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return fingerprint.of(1, bytes, 0, bytes.length);
    }

    /**
     * The number that stands for a bucket says the same as a bucket that is filled drop by drop.
     */
    @Test
    void agreesWithABucketThatIsCountedByHand() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 200; round++) {
            int tokens = random.nextInt(1, 50);
            int perFill = random.nextInt(1, 50);
            long fill = random.nextLong(SECOND / 20, 100 * SECOND);
            Rate rate = Rate.of(tokens, perFill, fill);
            Buckets buckets = new Buckets(rate, 1);
            long now = random.nextLong();
            double held = tokens;
            for (int i = 0; i < 500; i++) {
                long step = random.nextLong(2 * fill / perFill + 1);
                now += step;
                held = Math.min(tokens, held + (double) step / rate.perTokenNanos());
                boolean near = Math.abs(held - Math.rint(held)) < 1e-6;
                boolean passes = buckets.take(0, now) == 0;
                if (!near) {
                    assertThat(passes).as("held %s of %s", held, rate).isEqualTo(held >= 1);
                }
                held -= passes ? 1 : 0;
            }
        }
    }

    @Test
    void saysWhenTheNextOneComes() {
        Buckets buckets = new Buckets(Rate.of(2, 1, SECOND), 1);

        assertThat(buckets.take(0, 0)).isZero();
        assertThat(buckets.take(0, 0)).isZero();
        assertThat(buckets.take(0, 0)).isEqualTo(SECOND);
        assertThat(buckets.take(0, SECOND / 4)).isEqualTo(SECOND / 4 * 3);
        assertThat(buckets.take(0, SECOND)).isZero();
    }

    @Test
    void aKeyThatIsGivenBackMaySpendAgain() {
        Buckets buckets = new Buckets(Rate.of(1, 1, SECOND), 8);

        assertThat(buckets.take(key("a"), 0)).isZero();
        buckets.giveBack(key("a"));
        assertThat(buckets.take(key("a"), 0)).isZero();
        assertThat(buckets.take(key("a"), 0)).isPositive();
    }

    @Test
    void aPlaceIsGivenOnOnlyWhenItsBucketIsFullAgain() {
        Buckets buckets = new Buckets(Rate.of(1, 1, SECOND), 4);
        assertThat(buckets.take(key("jason"), 0)).isZero();
        for (int i = 0; i < 10_000; i++) {
            buckets.take(key("made up " + i), 1);
        }

        assertThat(buckets.take(key("jason"), 2)).isPositive();

        int passed = 0;
        for (int i = 0; i < 10_000; i++) {
            passed += buckets.take(key("others " + i), 2 * SECOND) == 0 ? 1 : 0;
        }
        assertThat(passed).as("the places are free again").isBetween(4, 40);
    }

    @Test
    void manyKeysHaveBucketsOfTheirOwn() {
        Buckets buckets = new Buckets(Rate.of(1, 1, 1000 * SECOND), 10_000);
        int passed = 0;
        for (int i = 0; i < 10_000; i++) {
            passed += buckets.take(key("client " + i), 0) == 0 ? 1 : 0;
        }

        assertThat(passed).isGreaterThan(9_900);
    }

    @Test
    void rareAndHugeRatesDoNotOverflow() {
        Buckets rare = new Buckets(Rate.of(4_294_967_295L, 1, SECOND), 1);
        Buckets huge = new Buckets(Rate.of(4_294_967_295L, 4_294_967_295L, SECOND), 1);
        for (int i = 0; i < 1000; i++) {
            assertThat(rare.take(0, i)).isZero();
            assertThat(huge.take(0, i)).isZero();
        }
    }

    @Test
    void fingerprintsTellValuesApartAndHangOnTheSecret() {
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            seen.add(key("value " + i));
        }
        assertThat(seen).hasSize(100_000).doesNotContain(0L);
        byte[] same = {1};
        assertThat(new Fingerprint(1, 2).of(1, same, 0, 1))
                .isNotEqualTo(new Fingerprint(1, 3).of(1, same, 0, 1));
        assertThat(fingerprint.of(fingerprint.of(1, new byte[] {'a'}, 0, 1), same, 0, 0))
                .as("a and nothing is not a")
                .isNotEqualTo(fingerprint.of(1, new byte[] {'a'}, 0, 1));
    }

    /** SipHash-2-4's own vector: key 00…0f, no bytes; what {@code before} adds is nothing then. */
    @Test
    void hashesAsSipHashDoes() {
        Fingerprint standard = new Fingerprint(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

        assertThat(standard.of(0, new byte[0], 0, 0)).isEqualTo(0x726fdb47dd0e0e31L);
        byte[] bytes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14};
        assertThat(standard.of(0, bytes, 0, bytes.length)).isEqualTo(0xa129ca6149be45e5L);
    }
}
