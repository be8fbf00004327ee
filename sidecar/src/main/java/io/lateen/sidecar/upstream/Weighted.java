package io.lateen.sidecar.upstream;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws an index by weight; one multiplication when all weights are equal. */
final class Weighted {
    private final int[] sums;
    private final boolean equal;

    Weighted(Endpoint[] endpoints) {
        sums = new int[endpoints.length];
        int sum = 0;
        boolean same = true;
        for (int i = 0; i < endpoints.length; i++) {
            sum = Math.addExact(sum, Math.max(1, endpoints[i].weight()));
            sums[i] = sum;
            same &= endpoints[i].weight() == endpoints[0].weight();
        }
        equal = same;
    }

    /** Whether all weights are the same. */
    boolean equal() {
        return equal;
    }

    int draw(RandomGenerator random) {
        if (equal) {
            return random.nextInt(sums.length);
        }
        int point = random.nextInt(sums[sums.length - 1]);
        int found = Arrays.binarySearch(sums, point);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
