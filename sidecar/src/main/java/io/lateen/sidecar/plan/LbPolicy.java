package io.lateen.sidecar.plan;

/** How an endpoint is picked. */
public sealed interface LbPolicy {

    /** Whether it goes by a hash of the request. */
    default boolean hashes() {
        return this instanceof RingHash || this instanceof Maglev;
    }

    /**
     * The one with the fewest requests outstanding of so many drawn.
     *
     * @param choices how many are drawn, at least 2
     */
    record LeastRequest(int choices) implements LbPolicy {}

    /** One after the other. */
    record RoundRobin() implements LbPolicy {}

    /** Any. */
    record Random() implements LbPolicy {}

    /** Consistent hashing on a ring; sizes in points. */
    record RingHash(long minimumSize, long maximumSize) implements LbPolicy {}

    /** Consistent hashing by Maglev's table. */
    record Maglev(long tableSize) implements LbPolicy {}

    /** By the discovery itself: original destination. */
    record ByDiscovery() implements LbPolicy {}
}
