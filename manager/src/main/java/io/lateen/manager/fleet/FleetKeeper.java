package io.lateen.manager.fleet;

import io.lateen.manager.ads.ProxyProgress;
import io.lateen.manager.fleet.Fleet.Unwritten;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Keeps {@link Fleet} and the database alike, on one thread, so that a row is never read older than
 * it was written. Comings and goings are written at once, progress is gathered; every tick the
 * lease is renewed, the table swept and compared.
 *
 * <p>While PostgreSQL is away nothing is forgotten: this manager's proxies are known from their
 * streams, the others stay as they were. Nobody is swept until the database has been there for the
 * length of a lease, so that every manager could renew its own.
 */
public final class FleetKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FleetKeeper.class);

    private final Fleet fleet;
    private final FleetTable table;
    private final FleetSettings settings;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private boolean membersChanged;
    private boolean rowsChanged;
    private boolean progressRowsChanged;
    private boolean progressChanged;
    private long progressSince;
    private boolean closed;

    /** When the database answered again after it had been away; own thread only. */
    private long thereSince;

    private boolean away;
    private long lastTick;

    /** When the next proxy of ours whose connection broke has had its time; own thread only. */
    private Optional<Long> sweepAt = Optional.empty();

    private final Thread thread = Thread.ofPlatform().daemon().name("fleet").unstarted(this::run);

    FleetKeeper(Fleet fleet, FleetTable table, FleetSettings settings) {
        this.fleet = fleet;
        this.table = table;
        this.settings = settings;
    }

    /** Reads the rows that are there, then follows. */
    public void start() {
        fleet.onMembership(() -> signal(() -> membersChanged = true));
        fleet.onProgress(
                () ->
                        signal(
                                () -> {
                                    if (!progressChanged) {
                                        progressChanged = true;
                                        progressSince = System.nanoTime();
                                    }
                                }));
        thereSince = System.nanoTime();
        lastTick = thereSince;
        attempt(true, true, false);
        thread.start();
    }

    /** A notification has come: rows of other managers have changed. */
    void notified(String payload) {
        int space = payload.indexOf(' ');
        if (payload.substring(0, Math.max(space, 0)).equals(fleet.manager())) {
            return;
        }
        boolean progressOnly = payload.endsWith("progress");
        signal(
                () -> {
                    if (progressOnly) {
                        progressRowsChanged = true;
                    } else {
                        rowsChanged = true;
                    }
                });
    }

    @Override
    public void close() {
        signal(() -> closed = true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void signal(Runnable change) {
        lock.lock();
        try {
            change.run();
            wake.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (true) {
                boolean tick;
                boolean read;
                boolean progress;
                lock.lock();
                try {
                    await();
                    if (closed) {
                        break;
                    }
                    tick = ticks() <= 0;
                    read = tick || rowsChanged;
                    progress = progressRowsChanged && !read;
                    membersChanged = false;
                    rowsChanged = false;
                    progressRowsChanged = false;
                    progressChanged = false;
                } finally {
                    lock.unlock();
                }
                attempt(tick, read, progress);
            }
            // The last goodbyes.
            attempt(false, false, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until there is something to do. */
    private void await() throws InterruptedException {
        while (!closed) {
            long nanos = ticks();
            boolean eager = membersChanged || rowsChanged || progressRowsChanged;
            if (progressChanged) {
                nanos =
                        Math.min(
                                nanos,
                                progressSince + settings.gather().toNanos() - System.nanoTime());
            }
            // While the database is away, only the tick tries again.
            if (nanos <= 0 || (eager && !away)) {
                return;
            }
            wake.awaitNanos(away ? Math.max(ticks(), 1) : nanos);
        }
    }

    private long ticks() {
        long now = System.nanoTime();
        long tick = lastTick + settings.tick().toNanos() - now;
        return sweepAt.map(at -> Math.min(at - now, tick)).orElse(tick);
    }

    private void attempt(boolean tick, boolean read, boolean progress) {
        if (tick) {
            lastTick = System.nanoTime();
            sweepAt = sweepAt.filter(at -> at - lastTick > 0);
        } else if (away) {
            return;
        }
        try {
            if (tick) {
                table.renew(fleet.manager(), fleet.localFindings());
                backAgain();
                fleet.readFindings(table.findingsOfOthers(fleet.manager(), settings.lease()));
            }
            write();
            boolean swept = tick && isTrusted() && sweep();
            if (read || swept) {
                read();
            } else if (progress) {
                fleet.readProgress(
                        table.recentProgress(fleet.manager(), settings.tick().multipliedBy(3)));
            }
        } catch (DataAccessException | TransactionException e) {
            lost(e);
        } catch (RuntimeException e) {
            log.error("The fleet was not kept this time; the next tick tries again", e);
        }
    }

    private boolean sweep() {
        if (table.sweep(fleet.manager(), fleet.connections(), settings.lease()) == 0) {
            return false;
        }
        table.notifyOthers(fleet.manager(), "members");
        return true;
    }

    private void write() {
        List<Unwritten> members = fleet.takeUnwritten();
        Map<FleetMember, ProxyProgress> progress = fleet.takeUnwrittenProgress();
        if (members.isEmpty() && progress.isEmpty()) {
            return;
        }
        try {
            table.together(
                    () -> {
                        members.forEach(this::write);
                        progress.forEach(table::progress);
                        table.notifyOthers(
                                fleet.manager(), members.isEmpty() ? "progress" : "members");
                    });
        } catch (DataAccessException | TransactionException e) {
            fleet.putBack(members, progress.keySet());
            throw e;
        }
    }

    private void write(Unwritten each) {
        switch (each) {
            case Unwritten.Present present -> {
                if (present.member().leaving()) {
                    table.leave(present.member(), settings.grace());
                    sweepAt =
                            sweepAt.or(
                                    () ->
                                            Optional.of(
                                                    System.nanoTime()
                                                            + settings.grace().toNanos()));
                } else if (!table.upsert(present.member(), present.healthSaid())) {
                    log.warn(
                            "A proxy of this manager is out: a younger start of it is at another"
                                    + " node={}",
                            present.member().node());
                    fleet.superseded(present);
                    return;
                }
            }
            case Unwritten.Gone gone -> table.remove(gone.node(), gone.connection());
        }
        fleet.written(each);
    }

    private void read() {
        Collection<FleetTable.Row> rows = table.all();
        Map<String, FleetMember> members = HashMap.newHashMap(rows.size());
        Map<String, ProxyProgress> progress = HashMap.newHashMap(rows.size());
        for (FleetTable.Row row : rows) {
            members.put(row.member().node(), row.member());
            row.progress().ifPresent(p -> progress.put(row.member().connection(), p));
        }
        // After the members: who goes between the two is found in both, never in neither.
        fleet.read(members, progress, table.departed());
    }

    /** Whether a lease that looks run out is one: its holder had the time to renew it. */
    private boolean isTrusted() {
        return System.nanoTime() - thereSince > settings.lease().toNanos();
    }

    private void backAgain() {
        if (away) {
            away = false;
            thereSince = System.nanoTime();
            fleet.problem(Optional.empty());
            log.info("The fleet is kept in PostgreSQL again");
        }
    }

    private void lost(RuntimeException cause) {
        if (!away) {
            away = true;
            log.warn(
                    "The fleet cannot be kept in PostgreSQL; proxies of other managers stay as they"
                            + " were reason=\"{}\"",
                    cause.getMessage());
            fleet.problem(
                    Optional.of(
                            "PostgreSQL is away: the sidecars of this manager are known, those of"
                                    + " others stay as they were"));
        }
    }
}
