package io.lateen.manager.api.type;

import io.lateen.manager.api.status.Subject;
import io.lateen.manager.store.ObjectType;
import java.util.List;

/**
 * One type that REST serves.
 *
 * @param versions under which it is served, the preferred one first; all hold the same
 * @param columns between name and age
 */
public record ApiType(
        ObjectType type,
        List<String> versions,
        TypeNames names,
        List<Column> columns,
        ContentRules rules) {

    public ApiType {
        versions = List.copyOf(versions);
        columns = List.copyOf(columns);
    }

    /** The API group, empty for the core group. */
    public String group() {
        return type.group();
    }

    /** {@code VirtualService}. */
    public String kind() {
        return type.kind();
    }

    /** Whether its objects live in a namespace: all but namespaces themselves do. */
    public boolean namespaced() {
        return !type.equals(ObjectType.NAMESPACE);
    }

    /** {@code networking.istio.io/v1}, {@code v1}. */
    public String apiVersion(String version) {
        return group().isEmpty() ? version : group() + "/" + version;
    }

    /** {@code VirtualService.networking.istio.io}, as messages name it. */
    public String qualifiedKind() {
        return group().isEmpty() ? kind() : kind() + "." + group();
    }

    /** An object of this type as the subject of a status; empty name for the collection. */
    public Subject subject(String name) {
        return new Subject(group(), names.plural(), name);
    }
}
