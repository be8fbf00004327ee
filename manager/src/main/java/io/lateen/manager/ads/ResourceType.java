package io.lateen.manager.ads;

import java.util.Optional;

/** The types that are pushed, in the order in which a proxy needs them. */
public enum ResourceType {
    /** CDS: where requests can go. */
    CLUSTER("cds", "type.googleapis.com/envoy.config.cluster.v3.Cluster", true),
    /** EDS: who answers there. */
    ENDPOINT("eds", "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment", false),
    /** LDS: where requests come in. */
    LISTENER("lds", "type.googleapis.com/envoy.config.listener.v3.Listener", true),
    /** RDS: which goes where. */
    ROUTE("rds", "type.googleapis.com/envoy.config.route.v3.RouteConfiguration", false);

    private final String shortName;
    private final String url;
    private final boolean root;

    ResourceType(String shortName, String url, boolean root) {
        this.shortName = shortName;
        this.url = url;
        this.root = root;
    }

    /** {@code cds}, {@code eds}, {@code lds}, {@code rds}: in metrics and in the REST API. */
    public String shortName() {
        return shortName;
    }

    /** The type URL on the wire. */
    public String url() {
        return url;
    }

    /**
     * Whether nothing refers to resources of the type by name: a client may ask for all of them
     * with an empty first request, and in state-of-the-world a response holds the whole set, so
     * that absence means removal (xDS protocol, "Grouping Resources into Responses").
     */
    boolean root() {
        return root;
    }

    /** The type with this URL, empty for one that is not served. */
    static Optional<ResourceType> of(String url) {
        for (ResourceType type : values()) {
            if (type.url.equals(url)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
