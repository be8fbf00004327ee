package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.plan.ClusterLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's connections to one endpoint, and the requests that wait for one.
 *
 * <p>The connection used last is used first: the rest grow old together and are closed. A request
 * that finds none waits, within the cluster's limit, for a new connection or for one that becomes
 * free, whichever comes first.
 */
final class ConnectionPool implements Connector.Outcome {
    /** Streams that a new HTTP/2 connection is counted on to take, until it says. */
    private static final int EXPECTED_STREAMS = 100;

    /**
     * A request that must not be sent twice goes out on a connection that was used this lately, or
     * on a new one: endpoints close idle connections, and such a request cannot be tried again.
     */
    private static final long TRUSTED_IDLE_NANOS = 1_000_000_000L;

    /** What was learned of an endpoint's keep-alive may be another one after this time. */
    private static final long LEARNED_FOR_NANOS = 600_000_000_000L;

    /** Who waits for a connection. */
    interface Waiter {
        /** Here is one that takes a request now. */
        void ready(UpstreamConnection connection);

        /** There will be none. */
        void failed(Failure failure);
    }

    private final Worker worker;
    private final ClusterPool cluster;
    private final Endpoint endpoint;
    private final Connector.Speech speech;
    private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
    private final List<UpstreamConnection> all = new ArrayList<>(4);
    private final ArrayDeque<Waiter> waiting = new ArrayDeque<>(4);
    private int connecting;
    private long opened;
    private long refused;
    private boolean draining;
    private long learnedIdleNanos = Long.MAX_VALUE;
    private long learnedAtNanos;

    ConnectionPool(Worker worker, ClusterPool cluster, Endpoint endpoint, Connector.Speech speech) {
        this.worker = worker;
        this.cluster = cluster;
        this.endpoint = endpoint;
        this.speech = speech;
    }

    /**
     * Gives a connection to the waiter, now or later.
     *
     * @param repeatable whether the request may be sent again when the connection turns out dead
     */
    void acquire(Waiter waiter, boolean repeatable) {
        UpstreamConnection free = free(repeatable);
        if (free != null) {
            waiter.ready(free);
            return;
        }
        ClusterLimits limits = cluster.plan().limits();
        if (!cluster.shared().takePending(limits)) {
            waiter.failed(
                    new Failure.Overflow(
                            cluster.plan().name(), "pending requests", limits.pending()));
            return;
        }
        waiting.addLast(waiter);
        connectIfNeeded();
    }

    /** The waiter does not want a connection any more. */
    void forget(Waiter waiter) {
        if (waiting.remove(waiter)) {
            cluster.shared().releasePending();
        }
    }

    /** Idle connections may be as dead as the one that just was: none of them is used again. */
    void distrustIdle() {
        for (UpstreamConnection each = idle.pollLast(); each != null; each = idle.pollLast()) {
            each.close();
        }
    }

    /** Nothing new: idle connections close now, the others when they are done. */
    void drain() {
        draining = true;
        distrustIdle();
        for (UpstreamConnection each : List.copyOf(all)) {
            each.drain();
        }
    }

    void sweep(long now) {
        retireOld(now);
        for (Iterator<UpstreamConnection> each = idle.iterator(); each.hasNext(); ) {
            UpstreamConnection connection = each.next();
            if (now - connection.idleSinceNanos() >= idleLimit(connection, now)) {
                each.remove();
                connection.close();
            }
        }
        if (speech == Connector.Speech.HTTP2) {
            for (UpstreamConnection each : List.copyOf(all)) {
                if (each.streams() == 0 && now - each.idleSinceNanos() >= idleLimit(each, now)) {
                    each.close();
                }
            }
        }
    }

    // What runs on an old one may end; nothing new goes there.
    private void retireOld(long now) {
        if (cluster.plan().connections().longestLifeNanos() == 0) {
            return;
        }
        for (UpstreamConnection each : List.copyOf(all)) {
            if (isOld(each, now)) {
                idle.remove(each);
                each.drain();
            }
        }
    }

    private boolean isOld(UpstreamConnection connection, long now) {
        long most = cluster.plan().connections().longestLifeNanos();
        return most > 0 && now - connection.openedNanos() >= most;
    }

    /**
     * How long a connection may be idle: by configuration, by what the endpoint promised, and by
     * when it closed others before.
     */
    private long idleLimit(UpstreamConnection connection, long now) {
        long configured = cluster.plan().connections().idleTimeoutNanos();
        long limit = configured == 0 ? Long.MAX_VALUE : configured;
        limit = Math.min(limit, connection.keepAliveNanos());
        return learnedIdleNanos == Long.MAX_VALUE || now - learnedAtNanos > LEARNED_FOR_NANOS
                ? limit
                : Math.min(limit, learnedIdleNanos - learnedIdleNanos / 4);
    }

    // The endpoint closed one that was idle: its keep-alive is not longer than that. Not when it
    // was idle but shortly, as all are of an endpoint that restarts.
    private void learn(UpstreamConnection connection) {
        long now = worker.nanos();
        long idleFor = now - connection.idleSinceNanos();
        if (idleFor < TRUSTED_IDLE_NANOS) {
            return;
        }
        if (idleFor < learnedIdleNanos || now - learnedAtNanos > LEARNED_FOR_NANOS) {
            learnedIdleNanos = idleFor;
            learnedAtNanos = now;
        }
    }

    EndpointCount.Tally tally() {
        return new EndpointCount.Tally(all.size(), opened, refused, 0, 0, waiting.size());
    }

    boolean isEmpty() {
        return all.isEmpty() && connecting == 0 && waiting.isEmpty();
    }

    @Override
    public void connected(UpstreamConnection connection) {
        connecting--;
        opened++;
        all.add(connection);
        if (draining && waiting.isEmpty()) {
            connection.drain();
            return;
        }
        available(connection);
    }

    @Override
    public void failed(String reason) {
        connecting--;
        refused++;
        cluster.shared().releaseConnection();
        Outliers.failed(worker.loop(), cluster, endpoint.health());
        Failure failure = new Failure.ConnectFailed(address(), reason);
        // The one that this connection was for; all of them when no other is on its way.
        do {
            Waiter waiter = poll();
            if (waiter == null) {
                return;
            }
            waiter.failed(failure);
        } while ((connecting == 0 && all.isEmpty()) || speech == Connector.Speech.HTTP2);
        connectIfNeeded();
    }

    @Override
    public void available(UpstreamConnection connection) {
        while (connection.available()) {
            Waiter waiter = poll();
            if (waiter == null) {
                if (draining) {
                    connection.drain();
                } else if (speech == Connector.Speech.HTTP1) {
                    idle.addLast(connection);
                }
                return;
            }
            waiter.ready(connection);
            if (speech == Connector.Speech.HTTP1) {
                return;
            }
        }
    }

    @Override
    public void closed(UpstreamConnection connection) {
        if (all.remove(connection)) {
            cluster.shared().releaseConnection();
        }
        if (idle.remove(connection)) {
            learn(connection);
        }
        connectIfNeeded();
    }

    private @Nullable UpstreamConnection free(boolean repeatable) {
        long now = worker.nanos();
        if (speech == Connector.Speech.HTTP2) {
            for (int i = all.size() - 1; i >= 0; i--) {
                UpstreamConnection each = all.get(i);
                if (each.available() && !isOld(each, now)) {
                    return each;
                }
            }
            return null;
        }
        UpstreamConnection last = idle.peekLast();
        while (last != null && isOld(last, now)) {
            idle.pollLast();
            last.drain();
            last = idle.peekLast();
        }
        if (last == null) {
            return null;
        }
        long idleFor = now - last.idleSinceNanos();
        if (idleFor >= idleLimit(last, now)) {
            // The others are older still.
            distrustIdle();
            return null;
        }
        if (!repeatable && idleFor > TRUSTED_IDLE_NANOS) {
            return null;
        }
        while (last != null) {
            idle.pollLast();
            if (last.available()) {
                return last;
            }
            last = idle.peekLast();
        }
        return null;
    }

    private @Nullable Waiter poll() {
        Waiter waiter = waiting.pollFirst();
        if (waiter != null) {
            cluster.shared().releasePending();
        }
        return waiter;
    }

    private void connectIfNeeded() {
        int each = speech == Connector.Speech.HTTP1 ? 1 : expectedStreams();
        while ((long) connecting * each < waiting.size()) {
            // A pool without any connection may always have one, or its requests would wait for
            // connections of other loops that never come here.
            boolean first = connecting == 0 && all.isEmpty();
            if (!cluster.shared().takeConnection(cluster.plan().limits(), first)) {
                return;
            }
            connecting++;
            worker.crew().connector().connect(worker, endpoint.target(), speech, this);
        }
    }

    private int expectedStreams() {
        int most = cluster.plan().connections().http2().maxStreams();
        return most == 0 ? EXPECTED_STREAMS : Math.min(most, EXPECTED_STREAMS);
    }

    private String address() {
        return Addresses.text(endpoint.address());
    }
}
