package io.lateen.model.resource;

import java.util.List;
import java.util.Optional;

/** The kinds of resource that the mesh knows, under the names that Kubernetes clients use. */
public enum Kind {
    VIRTUAL_SERVICE(
            "VirtualService", "virtualservice", "virtualservices", "vs", VirtualService.class),
    DESTINATION_RULE(
            "DestinationRule", "destinationrule", "destinationrules", "dr", DestinationRule.class),
    SERVICE_ENTRY("ServiceEntry", "serviceentry", "serviceentries", "se", ServiceEntry.class),
    WORKLOAD_ENTRY("WorkloadEntry", "workloadentry", "workloadentries", "we", WorkloadEntry.class),
    GATEWAY("Gateway", "gateway", "gateways", "gw", Gateway.class);

    private static final String GROUP = "networking.istio.io";
    private static final List<String> VERSIONS = List.of("v1", "v1beta1", "v1alpha3");

    private final String kindName;
    private final String singular;
    private final String plural;
    private final String shortName;
    private final Class<? extends Spec> specType;

    Kind(
            String kindName,
            String singular,
            String plural,
            String shortName,
            Class<? extends Spec> specType) {
        this.kindName = kindName;
        this.singular = singular;
        this.plural = plural;
        this.shortName = shortName;
        this.specType = specType;
    }

    /** The API group: {@code networking.istio.io}. */
    public String group() {
        return GROUP;
    }

    /** The versions under which it is served, newest first. All have the same fields. */
    public List<String> versions() {
        return VERSIONS;
    }

    /** The {@code apiVersion} in which it is answered unless asked otherwise. */
    public String apiVersion() {
        return GROUP + "/" + VERSIONS.getFirst();
    }

    /** As in {@code kind: VirtualService}. */
    public String kindName() {
        return kindName;
    }

    /** As in {@code kubectl get virtualservice}. */
    public String singular() {
        return singular;
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
        return List.of("istio-io", "networking-istio-io");
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
        return VERSIONS.stream().anyMatch(version -> apiVersion.equals(GROUP + "/" + version));
    }
}
