package io.lateen.manager.store;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * One write in the making: reads through to PostgreSQL under the lock on the counter, collects what
 * changes, and leaves the writing to {@link ChangeStatements}. Confined to its thread.
 */
final class PostgresTransaction implements ObjectTransaction {
    private final ChangeStatements statements;
    private final Clock clock;

    /** What was read or written here; nobody else writes meanwhile. */
    private final Map<ObjectKey, Optional<StoredObject>> known = new LinkedHashMap<>();

    private final List<Change> changes = new ArrayList<>();
    private long revision;

    /**
     * @param revision the counter's value, read under its lock
     */
    PostgresTransaction(ChangeStatements statements, Clock clock, long revision) {
        this.statements = statements;
        this.clock = clock;
        this.revision = revision;
    }

    /** What has been done, in order. */
    List<Change> changes() {
        return List.copyOf(changes);
    }

    /** The last revision handed out, or the one that was there before. */
    long revision() {
        return revision;
    }

    @Override
    public Optional<StoredObject> find(ObjectKey key) {
        return Optional.ofNullable(findAll(List.of(key)).get(key));
    }

    @Override
    public Map<ObjectKey, StoredObject> findAll(Collection<ObjectKey> keys) {
        List<ObjectKey> unread = keys.stream().filter(key -> !known.containsKey(key)).toList();
        Map<ObjectKey, StoredObject> read = statements.find(unread);
        unread.forEach(key -> known.put(key, Optional.ofNullable(read.get(key))));
        Map<ObjectKey, StoredObject> found = new TreeMap<>();
        for (ObjectKey key : keys) {
            known.getOrDefault(key, Optional.empty()).ifPresent(own -> found.put(key, own));
        }
        return found;
    }

    @Override
    public List<StoredObject> list(ObjectType type, String namespace) {
        return merged(
                statements.list(type, namespace),
                key ->
                        key.type().equals(type)
                                && (namespace.isEmpty() || key.namespace().equals(namespace)));
    }

    @Override
    public List<StoredObject> inNamespace(String namespace) {
        return merged(statements.inNamespace(namespace), key -> key.namespace().equals(namespace));
    }

    @Override
    public StoredObject create(ObjectKey key, Marks marks, Body body) {
        if (find(key).isPresent()) {
            throw new IllegalStateException(key + ": found an object where none was expected");
        }
        Instant created = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        revision++;
        var stamp = new Stamp(UUID.randomUUID(), created, 1, revision, revision);
        var object = new StoredObject(key, stamp, marks, body);
        return record(new Change(Action.CREATED, null, object));
    }

    @Override
    public StoredObject update(StoredObject current, Marks marks, Body body) {
        if (current.saysTheSameAs(marks, body)) {
            return current;
        }
        boolean sameSpec = SameJson.same(current.body().spec(), body.spec());
        boolean statusOnly = sameSpec && current.marks().equals(marks);
        Stamp was = current.stamp();
        long generation = sameSpec ? was.generation() : was.generation() + 1;
        revision++;
        long applied = statusOnly ? was.applied() : revision;
        var stamp = new Stamp(was.uid(), was.created(), generation, revision, applied);
        var object = new StoredObject(current.key(), stamp, marks, body);
        return record(new Change(statusOnly ? Action.STATUS : Action.UPDATED, current, object));
    }

    @Override
    public StoredObject delete(StoredObject current) {
        Stamp was = current.stamp();
        revision++;
        var stamp = new Stamp(was.uid(), was.created(), was.generation(), revision, revision);
        var last = new StoredObject(current.key(), stamp, current.marks(), current.body());
        return record(new Change(Action.DELETED, current, last));
    }

    private StoredObject record(Change change) {
        changes.add(change);
        known.put(change.after().key(), change.left());
        return change.after();
    }

    private List<StoredObject> merged(List<StoredObject> stored, Predicate<ObjectKey> wanted) {
        Map<ObjectKey, StoredObject> all = new TreeMap<>();
        stored.forEach(object -> all.put(object.key(), object));
        known.forEach(
                (key, own) -> {
                    if (wanted.test(key)) {
                        own.ifPresentOrElse(o -> all.put(key, o), () -> all.remove(key));
                    }
                });
        return List.copyOf(all.values());
    }
}
