package io.lateen.model.resource;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of resource that the mesh knows, under the names that Kubernetes clients use. */
public enum Kind {
    VIRTUAL_SERVICE(
            ApiGroup.NETWORKING, "VirtualService", "virtualservices", "vs", VirtualService.class),
    DESTINATION_RULE(
            ApiGroup.NETWORKING,
            "DestinationRule",
            "destinationrules",
            "dr",
            DestinationRule.class),
    SERVICE_ENTRY(ApiGroup.NETWORKING, "ServiceEntry", "serviceentries", "se", ServiceEntry.class),
    WORKLOAD_ENTRY(
            ApiGroup.NETWORKING, "WorkloadEntry", "workloadentries", "we", WorkloadEntry.class),
    GATEWAY(ApiGroup.NETWORKING, "Gateway", "gateways", "gw", Gateway.class),
    PEER_AUTHENTICATION(
            ApiGroup.SECURITY,
            "PeerAuthentication",
            "peerauthentications",
            "pa",
            PeerAuthentication.class),
    AUTHORIZATION_POLICY(
            ApiGroup.SECURITY,
            "AuthorizationPolicy",
            "authorizationpolicies",
            "ap",
            AuthorizationPolicy.class),
    RATE_LIMIT(ApiGroup.LATEEN, "RateLimit", "ratelimits", "rl", RateLimit.class);

    private final ApiGroup group;
    private final String kindName;
    private final String plural;
    private final String shortName;
    private final Class<? extends Spec> specType;

    Kind(
            ApiGroup group,
            String kindName,
            String plural,
            String shortName,
            Class<? extends Spec> specType) {
        this.group = group;
        this.kindName = kindName;
        this.plural = plural;
        this.shortName = shortName;
        this.specType = specType;
    }

    /** The API group: {@code networking.istio.io}. */
    public String group() {
        return group.groupName();
    }

    /** The versions under which it is served, newest first. All have the same fields. */
    public List<String> versions() {
        return group.versions();
    }

    /** The {@code apiVersion} in which it is answered unless asked otherwise. */
    public String apiVersion() {
        return group() + "/" + versions().getFirst();
    }

    /** As in {@code kind: VirtualService}. */
    public String kindName() {
        return kindName;
    }

    /** As in {@code kubectl get virtualservice}. */
    public String singular() {
        return kindName.toLowerCase(Locale.ROOT);
    }

    /** As in the path of a URL. */
    public String plural() {
        return plural;
    }

    /** As in {@code kubectl get vs}. */
    public List<String> shortNames() {
        return List.of(shortName);
    }

    /** The groups of kinds that can be asked for together. */
    public List<String> categories() {
        return group.categories();
    }

    /** Whether its resources live in a namespace. */
    public boolean namespaced() {
        return true;
    }

    /** The record of its spec. */
    public Class<? extends Spec> specType() {
        return specType;
    }

    /** The kind of a document, by its {@code apiVersion} (any version served) and {@code kind}. */
    public static Optional<Kind> of(String apiVersion, String kindName) {
        for (Kind kind : values()) {
            if (kind.kindName.equals(kindName) && kind.serves(apiVersion)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The kind with this plural in this group. */
    public static Optional<Kind> ofPlural(String group, String plural) {
        for (Kind kind : values()) {
            if (kind.group().equals(group) && kind.plural.equals(plural)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private boolean serves(String apiVersion) {
        return versions().stream().anyMatch(version -> apiVersion.equals(group() + "/" + version));
    }
}
