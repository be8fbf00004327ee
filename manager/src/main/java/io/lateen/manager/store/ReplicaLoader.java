package io.lateen.manager.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads a whole replica, objects and window, as of one revision. */
final class ReplicaLoader {
    private final TransactionTemplate snapshot;
    private final ChangeStatements objects;
    private final HistoryStatements history;
    private final int window;

    /**
     * @param snapshot runs with one view of the database (REPEATABLE READ)
     * @param window how many revisions to read back
     */
    ReplicaLoader(
            TransactionTemplate snapshot,
            ChangeStatements objects,
            HistoryStatements history,
            int window) {
        this.snapshot = snapshot;
        this.objects = objects;
        this.history = history;
        this.window = window;
    }

    Loaded load() {
        Loaded loaded = snapshot.execute(status -> read());
        return java.util.Objects.requireNonNull(loaded, "the callback answers a value");
    }

    private Loaded read() {
        HistoryStatements.Counter counter = history.counter();
        long floor = Math.max(counter.compacted(), Math.max(0, counter.value() - window));
        Map<ObjectKey, StoredObject> now = new TreeMap<>();
        objects.all().forEach(object -> now.put(object.key(), object));
        return new Loaded(counter.value(), floor, now, changesAfter(floor));
    }

    private List<Change> changesAfter(long floor) {
        Map<ObjectKey, StoredObject> state = new HashMap<>();
        for (HistoryStatements.Row row : history.statesBefore(floor)) {
            if (row.action() != Action.DELETED) {
                state.put(row.object().key(), row.object());
            }
        }
        List<Change> changes = new ArrayList<>();
        long from = floor;
        List<HistoryStatements.Row> rows = history.after(from);
        while (!rows.isEmpty()) {
            for (HistoryStatements.Row row : rows) {
                ObjectKey key = row.object().key();
                Change change = row.following(state.get(key));
                changes.add(change);
                change.left().ifPresentOrElse(o -> state.put(key, o), () -> state.remove(key));
                from = change.revision();
            }
            rows = history.after(from);
        }
        return changes;
    }

    /**
     * A replica at one revision.
     *
     * @param floor the revision before the first of {@code changes}
     * @param changes every revision after the floor
     */
    record Loaded(
            long revision,
            long floor,
            Map<ObjectKey, StoredObject> objects,
            List<Change> changes) {}
}
