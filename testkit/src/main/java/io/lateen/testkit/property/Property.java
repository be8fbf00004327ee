package io.lateen.testkit.property;

import java.util.SplittableRandom;

/**
 * Checks that something holds for many random values, repeatably.
 *
 * <p>{@code -Dtest.jvm.options=-Dlateen.property.seed=42} repeats one run; {@code
 * lateen.property.factor} multiplies the number of values.
 */
public final class Property {

    private static final long DEFAULT_SEED = 20_261_122L;

    private Property() {}

    /** What must hold for one value drawn from {@code random}. */
    @FunctionalInterface
    public interface Check {

        /**
         * Draws a value and asserts.
         *
         * @throws Exception when it does not hold
         */
        void check(SplittableRandom random) throws Exception;
    }

    /**
     * Runs {@code check} for {@code times} seeds that follow from one.
     *
     * @param times number of values, 1 or more
     * @throws AssertionError naming the seed of the value that failed
     */
    public static void forAll(int times, Check check) {
        long first = Long.getLong("lateen.property.seed", DEFAULT_SEED);
        int total = Math.multiplyExact(times, Integer.getInteger("lateen.property.factor", 1));
        for (int i = 0; i < total; i++) {
            long seed = first + i;
            try {
                check.check(new SplittableRandom(seed));
            } catch (Exception | AssertionError e) {
                throw new AssertionError(
                        "failed on value %d of %d; -Dlateen.property.seed=%d repeats it first: %s"
                                .formatted(i + 1, total, seed, e),
                        e);
            }
        }
    }
}
