package io.lateen.sidecar.telemetry;

import io.lateen.sidecar.exchange.ClusterFacts;
import io.lateen.sidecar.exchange.Principals;
import io.lateen.sidecar.exchange.WorkloadFacts;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One loop's series, found without allocation.
 *
 * <p>Facts of clusters and workloads are single instances, so a probe compares references; a miss
 * compares values, once, and remembers the references. The number of series is bounded: what a peer
 * says of itself is not trusted to be, so beyond the bound requests are counted without it.
 */
final class HttpTable {

    /**
     * A series is 67 lines of some 900 bytes in an exposition, which is made in memory: 200 are 12
     * MB, which a heap of 48 MB has room for.
     */
    static final int MOST_SERIES = 200;

    private static final int SLOTS = 4_096;

    /** Marks series whose peer is left out. */
    static final WorkloadFacts OVERFLOW =
            new WorkloadFacts(
                    "overflow",
                    "overflow",
                    "overflow",
                    "overflow",
                    "overflow",
                    "overflow",
                    "overflow",
                    "overflow");

    private final ConcurrentHashMap<HttpSeries.Key, HttpSeries> series = new ConcurrentHashMap<>();
    private final AtomicLong overflowed = new AtomicLong();
    private final @Nullable Probe[] probes = new @Nullable Probe[SLOTS];

    /** The references that led to a series. */
    private record Probe(
            ClusterFacts cluster,
            WorkloadFacts destination,
            WorkloadFacts peer,
            Principals principals,
            HttpSeries series) {

        @SuppressWarnings("ReferenceEquality") // the point of it
        boolean is(
                boolean inbound,
                ClusterFacts cluster,
                WorkloadFacts destination,
                WorkloadFacts peer,
                Principals principals,
                int status,
                int flags,
                boolean grpc,
                int grpcStatus) {
            HttpSeries.Key key = series.key();
            return this.cluster == cluster
                    && this.destination == destination
                    && this.peer == peer
                    && this.principals == principals
                    && key.status() == status
                    && key.flags() == flags
                    && key.inbound() == inbound
                    && key.grpc() == grpc
                    && key.grpcStatus() == grpcStatus;
        }
    }

    /** The series of these labels; on the loop. */
    HttpSeries find(
            boolean inbound,
            ClusterFacts cluster,
            WorkloadFacts destination,
            WorkloadFacts peer,
            Principals principals,
            int status,
            int flags,
            boolean grpc,
            int grpcStatus) {
        int hash = System.identityHashCode(cluster);
        hash = 31 * hash + System.identityHashCode(destination);
        hash = 31 * hash + System.identityHashCode(peer);
        hash = 31 * hash + System.identityHashCode(principals);
        hash = 31 * hash + status;
        hash = 31 * hash + flags;
        hash = 31 * hash + grpcStatus;
        int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
        Probe probe = probes[slot];
        if (probe != null
                && probe.is(
                        inbound,
                        cluster,
                        destination,
                        peer,
                        principals,
                        status,
                        flags,
                        grpc,
                        grpcStatus)) {
            return probe.series();
        }
        // Two that share a slot take turns: rare, and only as slow as a look-up by value.
        HttpSeries found =
                findByValue(
                        new HttpSeries.Key(
                                inbound,
                                cluster,
                                destination,
                                peer,
                                principals,
                                status,
                                flags,
                                grpc,
                                grpcStatus));
        if (found.key().peer().equals(peer)) {
            probes[slot] = new Probe(cluster, destination, peer, principals, found);
        }
        return found;
    }

    private HttpSeries findByValue(HttpSeries.Key key) {
        HttpSeries known = series.get(key);
        if (known != null) {
            return known;
        }
        if (series.size() < MOST_SERIES) {
            return series.computeIfAbsent(key, HttpSeries::new);
        }
        overflowed.lazySet(overflowed.getPlain() + 1);
        return series.computeIfAbsent(
                new HttpSeries.Key(
                        key.inbound(),
                        HttpSeries.Key.NO_CLUSTER,
                        OVERFLOW,
                        OVERFLOW,
                        Principals.NONE,
                        key.status(),
                        0,
                        key.grpc(),
                        -1),
                HttpSeries::new);
    }

    /** Every series so far; from any thread. */
    Collection<HttpSeries> all() {
        return series.values();
    }

    /** How many requests were counted without their peer. */
    long overflowed() {
        return overflowed.get();
    }
}
