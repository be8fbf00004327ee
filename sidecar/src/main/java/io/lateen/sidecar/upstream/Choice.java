package io.lateen.sidecar.upstream;

import java.util.random.RandomGenerator;

/**
 * What a balancer may know of the request that it picks for. One per worker would do, but it is
 * small and short-lived.
 *
 * @param random this loop's source
 * @param hashed whether {@code hash} was made from something of the request
 * @param hash what consistent hashing goes by
 */
public record Choice(RandomGenerator random, boolean hashed, long hash) {

    /** What consistent hashing goes by: the request's hash, or a random one without it. */
    long point() {
        return hashed ? hash : random.nextLong();
    }
}
