package io.lateen.sidecar.balance;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws an index by weight; one multiplication when all weights are equal, else O(log n). */
final class Weighted {
    private final long[] sums;
    private final boolean equal;

    /**
     * @param weights none negative, at least one above 0
     */
    Weighted(long[] weights) {
        sums = new long[weights.length];
        long sum = 0;
        boolean same = true;
        for (int i = 0; i < weights.length; i++) {
            sum = Math.addExact(sum, weights[i]);
            sums[i] = sum;
            same &= weights[i] == weights[0];
        }
        equal = same;
    }

    int draw(RandomGenerator random) {
        if (equal) {
            return random.nextInt(sums.length);
        }
        long point = random.nextLong(sums[sums.length - 1]) + 1;
        int found = Arrays.binarySearch(sums, point);
        if (found < 0) {
            return -found - 1;
        }
        // Of equal sums the first: those after it have a weight of 0.
        while (found > 0 && sums[found - 1] == point) {
            found--;
        }
        return found;
    }
}
