package io.lateen.manager.api.object;

import io.lateen.access.Caller;
import io.lateen.access.Role;
import io.lateen.manager.api.http.Visibility;
import io.lateen.manager.api.status.Refusal;
import io.lateen.manager.api.type.ApiCatalog;
import io.lateen.manager.store.Body;
import io.lateen.manager.store.Marks;
import io.lateen.manager.store.ObjectKey;
import io.lateen.manager.store.ObjectTransaction;
import io.lateen.manager.store.ObjectType;
import io.lateen.manager.store.StoredObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A transaction that refuses what its caller may not: an object by its namespace, a namespace (and
 * what lies in none) only to those who may write everywhere. Reading an object on the way to a
 * write tells whether it is there, and asks for that role too.
 */
final class GuardedTransaction implements ObjectTransaction {
    private final ObjectTransaction transaction;
    private final Caller caller;
    private final ApiCatalog catalog;

    GuardedTransaction(ObjectTransaction transaction, Caller caller, ApiCatalog catalog) {
        this.transaction = transaction;
        this.caller = caller;
        this.catalog = catalog;
    }

    @Override
    public Optional<StoredObject> find(ObjectKey key) {
        requireReadable(key);
        return transaction.find(key);
    }

    @Override
    public Map<ObjectKey, StoredObject> findAll(Collection<ObjectKey> keys) {
        keys.forEach(this::requireReadable);
        return transaction.findAll(keys);
    }

    @Override
    public List<StoredObject> list(ObjectType type, String namespace) {
        return transaction.list(type, namespace).stream()
                .filter(object -> Visibility.of(caller, object.key()))
                .toList();
    }

    @Override
    public List<StoredObject> inNamespace(String namespace) {
        return transaction.inNamespace(namespace);
    }

    @Override
    public StoredObject create(ObjectKey key, Marks marks, Body body) {
        require(Role.OPERATOR, key, key.namespace());
        return transaction.create(key, marks, body);
    }

    @Override
    public StoredObject update(StoredObject current, Marks marks, Body body) {
        require(Role.OPERATOR, current.key(), current.key().namespace());
        return transaction.update(current, marks, body);
    }

    @Override
    public StoredObject delete(StoredObject current) {
        require(Role.OPERATOR, current.key(), current.key().namespace());
        return transaction.delete(current);
    }

    private void requireReadable(ObjectKey key) {
        require(Role.VIEWER, key, Visibility.room(key));
    }

    private void require(Role needed, ObjectKey key, String namespace) {
        caller.denial(needed, namespace)
                .ifPresent(
                        denial -> {
                            throw Refusal.forbidden(catalog.subject(key), denial);
                        });
    }
}
