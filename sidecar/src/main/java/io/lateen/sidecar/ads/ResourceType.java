package io.lateen.sidecar.ads;

import java.util.Optional;

/** The kinds of resources, in the order in which they are made before what needs them. */
public enum ResourceType {
    CLUSTERS("envoy.config.cluster.v3.Cluster"),
    ENDPOINTS("envoy.config.endpoint.v3.ClusterLoadAssignment"),
    LISTENERS("envoy.config.listener.v3.Listener"),
    ROUTES("envoy.config.route.v3.RouteConfiguration");

    private final String typeUrl;

    ResourceType(String message) {
        this.typeUrl = "type.googleapis.com/" + message;
    }

    /** As it stands in requests and responses. */
    public String typeUrl() {
        return typeUrl;
    }

    /** Whether all are asked for at once, without naming them. */
    public boolean wildcard() {
        return this == CLUSTERS || this == LISTENERS;
    }

    /** The type with this URL, empty when it is none of ours. */
    public static Optional<ResourceType> of(String typeUrl) {
        for (ResourceType type : values()) {
            if (type.typeUrl.equals(typeUrl)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
