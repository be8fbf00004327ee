package io.lateen.manager.api.http;

import io.lateen.access.Caller;
import io.lateen.access.Role;
import io.lateen.manager.store.ObjectKey;
import io.lateen.manager.store.ObjectType;

/**
 * Which objects a caller may see: those of the namespaces that it may read, and these themselves.
 */
public final class Visibility {
    private Visibility() {}

    /** Whether a caller may see an object. */
    public static boolean of(Caller caller, ObjectKey key) {
        return caller.may(Role.VIEWER, room(key));
    }

    /** The namespace that a reader of an object must be let into: a namespace's own is itself. */
    public static String room(ObjectKey key) {
        return key.type().equals(ObjectType.NAMESPACE) ? key.name() : key.namespace();
    }
}
