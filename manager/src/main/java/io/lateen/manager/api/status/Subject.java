package io.lateen.manager.api.status;

/**
 * What a status is about.
 *
 * @param group API group, empty for the core group
 * @param plural as in the path
 * @param name empty when it is about a collection
 */
public record Subject(String group, String plural, String name) {
    /** About nothing in particular. */
    public static final Subject NONE = new Subject("", "", "");

    /** {@code virtualservices.networking.istio.io "reviews"}, as Kubernetes writes it. */
    String text() {
        String resource = group.isEmpty() ? plural : plural + "." + group;
        return name.isEmpty() ? resource : resource + " \"" + name + "\"";
    }
}
