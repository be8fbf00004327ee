package io.lateen.manager.api.object;

import io.lateen.manager.api.document.IncomingObject;
import io.lateen.manager.api.status.Refusal;
import io.lateen.manager.api.status.Subject;
import io.lateen.manager.api.type.ApiType;
import io.lateen.manager.store.Body;
import io.lateen.manager.store.Marks;
import io.lateen.manager.store.ObjectKey;
import io.lateen.manager.store.ObjectTransaction;
import io.lateen.manager.store.ObjectType;
import io.lateen.manager.store.StoredObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a write must find and what it does then, within a transaction. Stateless; a {@link Refusal}
 * undoes the transaction.
 */
public final class Writes {
    /** Namespaces that the mesh itself relies on. */
    private static final Set<String> LASTING = Set.of("default", "istio-system");

    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    private Writes() {}

    /** Adds an object where there is none. */
    public static StoredObject create(
            ObjectTransaction transaction, ApiType type, ObjectKey key, IncomingObject object) {
        if (type.namespaced()) {
            requireNamespace(transaction, key.namespace());
        }
        if (transaction.find(key).isPresent()) {
            throw Refusal.alreadyExists(type.subject(key.name()));
        }
        return transaction.create(key, marks(key, object.marks()), new Body(object.spec(), null));
    }

    /** Puts an object in the place of the one that is there; its status stays. */
    public static StoredObject replace(
            ObjectTransaction transaction,
            ApiType type,
            StoredObject current,
            IncomingObject object) {
        require(type, current, object.precondition());
        return transaction.update(
                current,
                marks(current.key(), object.marks()),
                new Body(object.spec(), current.body().status()));
    }

    /** Removes an object; a namespace goes with everything in it. */
    public static StoredObject delete(
            ObjectTransaction transaction,
            ApiType type,
            StoredObject current,
            IncomingObject.Precondition precondition) {
        require(type, current, precondition);
        if (type.type().equals(ObjectType.NAMESPACE)) {
            String namespace = current.key().name();
            if (LASTING.contains(namespace)) {
                throw Refusal.forbidden(
                        type.subject(namespace), "this namespace may not be deleted");
            }
            transaction.inNamespace(namespace).forEach(transaction::delete);
        }
        return transaction.delete(current);
    }

    /** The object, or 404. */
    public static StoredObject find(ObjectTransaction transaction, ApiType type, ObjectKey key) {
        return transaction.find(key).orElseThrow(() -> Refusal.notFound(type.subject(key.name())));
    }

    /** Refuses to write on top of a state that the client has not seen. */
    static void require(
            ApiType type, StoredObject current, IncomingObject.Precondition precondition) {
        Subject subject = type.subject(current.key().name());
        String uid = current.stamp().uid().toString();
        Optional<String> otherUid = precondition.uid().filter(wanted -> !wanted.equals(uid));
        if (otherUid.isPresent()) {
            throw Refusal.conflict(
                    subject,
                    "found the uid "
                            + otherUid.get()
                            + ", expected "
                            + uid
                            + ": another object has its name now");
        }
        Optional<Long> otherRevision =
                precondition.revision().filter(wanted -> wanted != current.revision());
        if (otherRevision.isPresent()) {
            throw Refusal.conflict(
                    subject,
                    "the object has been modified; please apply your changes to the latest version"
                            + " and try again (found resourceVersion "
                            + otherRevision.get()
                            + ", expected "
                            + current.revision()
                            + ")");
        }
    }

    /** Refuses to write into a namespace that is not there. */
    static void requireNamespace(ObjectTransaction transaction, String namespace) {
        if (transaction.find(ObjectKey.ofNamespace(namespace)).isEmpty()) {
            throw Refusal.notFound(new Subject("", "namespaces", namespace));
        }
    }

    /** A namespace carries its name as a label, so that selectors can name it. */
    private static Marks marks(ObjectKey key, Marks marks) {
        if (!key.type().equals(ObjectType.NAMESPACE)) {
            return marks;
        }
        Map<String, String> labels = new HashMap<>(marks.labels());
        labels.put(NAME_LABEL, key.name());
        return new Marks(labels, marks.annotations(), marks.managedFields());
    }
}
