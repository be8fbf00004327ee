package io.lateen.model.resource;

import java.util.List;

/** The API groups whose kinds the mesh knows. All kinds of a group have the same versions. */
public enum ApiGroup {
    /** How traffic flows. */
    NETWORKING("networking.istio.io"),
    /** Who may call whom, and how both prove who they are. */
    SECURITY("security.istio.io"),
    /** What the mesh has beyond Istio. */
    LATEEN("lateen.io");

    private final String groupName;

    ApiGroup(String groupName) {
        this.groupName = groupName;
    }

    /** As in {@code apiVersion: networking.istio.io/v1}. */
    public String groupName() {
        return groupName;
    }

    /** The versions under which its kinds are served, newest first. */
    public List<String> versions() {
        return switch (this) {
            case NETWORKING -> List.of("v1", "v1beta1", "v1alpha3");
            case SECURITY -> List.of("v1", "v1beta1");
            case LATEEN -> List.of("v1");
        };
    }

    /** The names under which its kinds can be asked for together. */
    public List<String> categories() {
        return switch (this) {
            case NETWORKING, SECURITY -> List.of("istio-io", groupName.replace('.', '-'));
            case LATEEN -> List.of("lateen");
        };
    }
}
