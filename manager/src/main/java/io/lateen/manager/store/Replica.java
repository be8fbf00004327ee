package io.lateen.manager.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The store's state in memory: every object at one revision, and the last changes.
 *
 * <p>Whoever needs a newer revision fetches it ({@link #catchUp}): the listener when it is notified
 * or its time is up, a writer after its commit, a reader that wants to be current. Fetching is
 * guarded by {@code fetching}, so changes come in once and in order; {@code state} guards what is
 * read, and is never held across a statement.
 */
final class Replica implements ObjectReader {
    private static final Logger log = LoggerFactory.getLogger(Replica.class);

    private final ReplicaLoader loader;
    private final HistoryStatements history;
    private final ChangeWindow window;
    private final List<Consumer<List<Change>>> followers = new CopyOnWriteArrayList<>();

    private final ReentrantLock fetching = new ReentrantLock();
    private final ReentrantLock state = new ReentrantLock();
    private final Condition advanced = state.newCondition();
    private NavigableMap<ObjectKey, StoredObject> objects = new TreeMap<>();
    private long revision;
    private volatile boolean connected;

    Replica(ReplicaLoader loader, HistoryStatements history, int window) {
        this.loader = loader;
        this.history = history;
        this.window = new ChangeWindow(window);
    }

    /** Reads everything; called once before anybody else. */
    void load() {
        fetching.lock();
        try {
            reload();
            connected = true;
        } finally {
            fetching.unlock();
        }
    }

    /**
     * Hears of every change, in order, on the thread that fetched it; must not block. An empty list
     * says that everything may have changed.
     */
    void follow(Consumer<List<Change>> follower) {
        followers.add(follower);
    }

    /** Fetches what is new unless this revision is here already; throws when PostgreSQL is away. */
    void catchUp(long atLeast) {
        fetching.lock();
        try {
            if (revision() < atLeast) {
                fetch();
            }
            connected = true;
        } catch (TransactionException | DataAccessException e) {
            connected = false;
            throw e;
        } finally {
            fetching.unlock();
        }
    }

    /** As {@link #catchUp}, but an outage is left to the listener to heal. */
    void showAtLeast(long wanted) {
        try {
            catchUp(wanted);
        } catch (TransactionException | DataAccessException e) {
            log.debug("the replica lags behind revision {}: {}", wanted, Outage.reason(e));
        }
    }

    /** Whether the last statement reached PostgreSQL. */
    boolean connected() {
        return connected;
    }

    @Override
    public boolean freshen() {
        if (!connected) {
            return false;
        }
        try {
            catchUp(history.counter().value());
            return true;
        } catch (TransactionException | DataAccessException e) {
            connected = false;
            log.debug("served from memory: {}", Outage.reason(e));
            return false;
        }
    }

    @Override
    public long revision() {
        state.lock();
        try {
            return revision;
        } finally {
            state.unlock();
        }
    }

    @Override
    public Optional<StoredObject> find(ObjectKey key) {
        state.lock();
        try {
            return Optional.ofNullable(objects.get(key));
        } finally {
            state.unlock();
        }
    }

    @Override
    public Listing list(ObjectType type, String namespace) {
        state.lock();
        try {
            return new Listing(revision, List.copyOf(range(objects, type, namespace).values()));
        } finally {
            state.unlock();
        }
    }

    @Override
    public Optional<Listing> listAt(long wanted, ObjectType type, String namespace) {
        state.lock();
        try {
            if (wanted > revision || wanted < window.floor()) {
                return Optional.empty();
            }
            var then = new TreeMap<>(range(objects, type, namespace));
            // Undo what came later, newest first.
            for (Change change : window.after(wanted, Integer.MAX_VALUE).reversed()) {
                ObjectKey key = change.after().key();
                if (key.type().equals(type)
                        && (namespace.isEmpty() || key.namespace().equals(namespace))) {
                    StoredObject before = change.before();
                    if (before == null) {
                        then.remove(key);
                    } else {
                        then.put(key, before);
                    }
                }
            }
            return Optional.of(new Listing(wanted, List.copyOf(then.values())));
        } finally {
            state.unlock();
        }
    }

    @Override
    public Changes changesAfter(long after, int limit, Duration wait) throws InterruptedException {
        long nanos = wait.toNanos();
        state.lock();
        try {
            while (after == revision && nanos > 0) {
                nanos = advanced.awaitNanos(nanos);
            }
            if (after < window.floor() || after > revision) {
                return new Changes.Expired(window.floor());
            }
            List<Change> changes = window.after(after, limit);
            return new Changes.Next(changes, after + changes.size());
        } finally {
            state.unlock();
        }
    }

    /** Everything, with its revision: for those who build their own view. */
    Map<ObjectKey, StoredObject> all() {
        state.lock();
        try {
            return new TreeMap<>(objects);
        } finally {
            state.unlock();
        }
    }

    /**
     * The last revision that changed a resource in more than its status, as far as the window and
     * the objects tell; 0 for none.
     */
    long lastApplied() {
        state.lock();
        try {
            for (Change change : window.after(window.floor(), Integer.MAX_VALUE).reversed()) {
                if (change.action() != Action.STATUS
                        && ResourceNames.kind(change.after().key().type()).isPresent()) {
                    return change.revision();
                }
            }
            return objects.values().stream()
                    .filter(object -> ResourceNames.kind(object.key().type()).isPresent())
                    .mapToLong(object -> object.stamp().applied())
                    .max()
                    .orElse(0);
        } finally {
            state.unlock();
        }
    }

    private void fetch() {
        List<HistoryStatements.Row> rows = history.after(revision());
        while (!rows.isEmpty()) {
            // One revision per row: the count tells whether any is missing.
            if (rows.getLast().object().revision() != revision() + rows.size()) {
                log.warn(
                        "history after revision {} has been compacted; reading everything anew",
                        revision());
                reload();
                return;
            }
            advance(rows);
            rows = history.after(revision());
        }
        long stored = history.counter().value();
        if (stored < revision()) {
            log.warn(
                    "the database went back from revision {} to {} (was it restored?); reading"
                            + " everything anew",
                    revision(),
                    stored);
            reload();
        }
    }

    private void advance(List<HistoryStatements.Row> rows) {
        List<Change> changes = new ArrayList<>(rows.size());
        state.lock();
        try {
            for (HistoryStatements.Row row : rows) {
                ObjectKey key = row.object().key();
                Change change = row.following(objects.get(key));
                change.left().ifPresentOrElse(o -> objects.put(key, o), () -> objects.remove(key));
                window.add(change);
                changes.add(change);
                revision = change.revision();
            }
            advanced.signalAll();
        } finally {
            state.unlock();
        }
        followers.forEach(follower -> follower.accept(changes));
    }

    private void reload() {
        ReplicaLoader.Loaded loaded = loader.load();
        state.lock();
        try {
            objects = new TreeMap<>(loaded.objects());
            window.reset(loaded.floor());
            loaded.changes().forEach(window::add);
            revision = loaded.revision();
            advanced.signalAll();
        } finally {
            state.unlock();
        }
        followers.forEach(follower -> follower.accept(List.of()));
    }

    private static Map<ObjectKey, StoredObject> range(
            NavigableMap<ObjectKey, StoredObject> objects, ObjectType type, String namespace) {
        var from = new ObjectKey(type, namespace, "");
        // Keys are lower-case letters, digits, '-' and '.': '\uffff' is behind all of them.
        var to = new ObjectKey(type, namespace.isEmpty() ? "\uffff" : namespace, "\uffff");
        return objects.subMap(from, true, to, true);
    }
}
