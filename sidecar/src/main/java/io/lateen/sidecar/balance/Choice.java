package io.lateen.sidecar.balance;

import java.util.random.RandomGenerator;

/**
 * What a balancer may know of the request that it picks for.
 *
 * @param random this loop's source
 * @param hashed whether {@code hash} was made from something of the request
 * @param hash what consistent hashing goes by
 * @param avoidedPriorities a bit for each priority, 0 to 63, that is left out while there are
 *     others
 */
public record Choice(RandomGenerator random, boolean hashed, long hash, long avoidedPriorities) {

    /** Of a request that nothing is known of. */
    public static Choice any(RandomGenerator random) {
        return new Choice(random, false, 0, 0);
    }

    /** Of a request of which something was hashed. */
    public static Choice hashed(RandomGenerator random, long hash) {
        return new Choice(random, true, hash, 0);
    }

    /** The same, with these priorities left out. */
    public Choice avoiding(long priorities) {
        return new Choice(random, hashed, hash, priorities);
    }

    /** What consistent hashing goes by: the request's hash, or a random one without it. */
    long point() {
        return hashed ? hash : random.nextLong();
    }

    /** 0 to 99: which priority is the request's. One of a hash keeps its priority, as in Envoy. */
    int percentile() {
        return hashed ? (int) Long.remainderUnsigned(Hash.mix(~hash), 100) : random.nextInt(100);
    }
}
