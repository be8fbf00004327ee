package io.lateen.sidecar.filter.fault;

import java.util.random.RandomGenerator;

/** Draws whether a request belongs to a share of all requests. */
final class Share {

    private static final int ALL = 1_000_000;

    private Share() {}

    /** Of {@code ALL} requests takes {@code perMillion} on average; 0 never, all always. */
    static boolean takes(int perMillion, RandomGenerator random) {
        return perMillion >= ALL || (perMillion > 0 && random.nextInt(ALL) < perMillion);
    }
}
