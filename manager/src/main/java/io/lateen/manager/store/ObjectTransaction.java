package io.lateen.manager.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one write may do. It reads what is committed plus what it has done itself, and no other
 * write runs beside it. Used on one thread, within {@link ObjectStore#write}.
 */
public interface ObjectTransaction {

    /** The object, if it exists. */
    Optional<StoredObject> find(ObjectKey key);

    /** Those of the objects that exist, read at once. */
    Map<ObjectKey, StoredObject> findAll(Collection<ObjectKey> keys);

    /** All objects of a type, in a namespace or (when empty) in all, in the order of their keys. */
    List<StoredObject> list(ObjectType type, String namespace);

    /** All objects in a namespace, of every type. */
    List<StoredObject> inNamespace(String namespace);

    /**
     * Adds an object with generation 1.
     *
     * @throws IllegalStateException when it exists: the caller has looked before
     */
    StoredObject create(ObjectKey key, Marks marks, Body body);

    /**
     * Changes an object. Its generation goes up when the spec differs; nothing is written, and
     * {@code current} answered, when nothing differs.
     */
    StoredObject update(StoredObject current, Marks marks, Body body);

    /** Removes an object and answers its last state, stamped with the revision of the delete. */
    StoredObject delete(StoredObject current);
}
