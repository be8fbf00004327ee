package io.lateen.manager.programmed;

import io.lateen.manager.ads.ProxyProgress;
import io.lateen.manager.fleet.Fleet;
import io.lateen.manager.fleet.FleetMember;
import io.lateen.manager.store.ResourceFeed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which revision is in force where, and since when everywhere. Whoever waits for a revision is
 * woken when proxies get further. Thread-safe: guarded by its lock.
 */
public final class RevisionsInForce {

    /** How many revisions are remembered with the time at which they were in force everywhere. */
    private static final int REMEMBERED = 10_000;

    private final Fleet fleet;
    private final ResourceFeed feed;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeMap<Long, Instant> everywhere = new TreeMap<>();

    /** Follows {@code fleet} and {@code feed} from now on. */
    public RevisionsInForce(Fleet fleet, ResourceFeed feed, InstantSource clock) {
        this.fleet = fleet;
        this.feed = feed;
        this.clock = clock;
        fleet.onProgress(this::look);
        fleet.onMembership(this::look);
        feed.subscribe(_ -> look());
    }

    /** Where {@code revision} is in force now. */
    public Standing standing(long revision) {
        long needed = needed(revision);
        int total = 0;
        int inForce = 0;
        List<Lag> lagging = new ArrayList<>();
        for (FleetMember member : fleet.members().values()) {
            Optional<ProxyProgress> progress = fleet.progress(member);
            total++;
            if (has(progress, needed)) {
                inForce++;
            } else {
                lagging.add(Lag.of(member, progress));
            }
        }
        return new Standing(total, inForce, lagging);
    }

    /** Whether this manager has seen {@code revision}. */
    public boolean isSeen(long revision) {
        return revision <= feed.head();
    }

    /** Waits until {@code revision} is in force everywhere, or {@code limit} is over. */
    public void await(long revision, Duration limit) throws InterruptedException {
        long nanos = limit.toNanos();
        lock.lock();
        try {
            while (nanos > 0 && !isEverywhere(revision)) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** When {@code revision} was first in force everywhere, as far as it is remembered. */
    public Optional<Instant> everywhereSince(long revision) {
        long needed = needed(revision);
        lock.lock();
        try {
            return Optional.ofNullable(everywhere.ceilingEntry(needed)).map(e -> e.getValue());
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        long lowest = feed.revision();
        Instant since = Instant.EPOCH;
        boolean known = true;
        for (FleetMember member : fleet.members().values()) {
            Optional<ProxyProgress> progress = fleet.progress(member);
            Instant at = progress.map(ProxyProgress::inForceAt).orElse(null);
            if (at == null) {
                known = false;
                break;
            }
            lowest = Math.min(lowest, progress.get().inForceRevision());
            since = at.isAfter(since) ? at : since;
        }
        lock.lock();
        try {
            if (known && (everywhere.isEmpty() || everywhere.lastKey() < lowest)) {
                everywhere.put(lowest, since.equals(Instant.EPOCH) ? clock.instant() : since);
                if (everywhere.size() > REMEMBERED) {
                    everywhere.pollFirstEntry();
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isEverywhere(long revision) {
        if (!isSeen(revision)) {
            return false;
        }
        long needed = needed(revision);
        return fleet.members().values().stream()
                .allMatch(member -> has(fleet.progress(member), needed));
    }

    /** A write of a status brings nothing into force: what counts is the last before it. */
    private long needed(long revision) {
        return isSeen(revision) ? Math.min(revision, feed.revision()) : revision;
    }

    private static boolean has(Optional<ProxyProgress> progress, long revision) {
        return progress.map(p -> p.inForceAt() != null && p.inForceRevision() >= revision)
                .orElse(false);
    }
}
