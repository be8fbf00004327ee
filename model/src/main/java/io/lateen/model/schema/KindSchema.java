package io.lateen.model.schema;

import static io.lateen.model.schema.Field.field;
import static io.lateen.model.schema.Field.required;
import static io.lateen.model.schema.IntegerSchema.notNegative;
import static io.lateen.model.schema.ListSchema.list;
import static io.lateen.model.schema.MapSchema.map;
import static io.lateen.model.schema.ObjectSchema.object;
import static io.lateen.model.schema.TextSchema.text;
import static io.lateen.model.schema.TextSchema.time;

import io.lateen.model.resource.Kind;
import java.util.Map;

/** The schemas of whole documents. */
public final class KindSchema {

    /** What Kubernetes lets every resource say of itself. */
    private static final ObjectSchema METADATA =
            object(
                    "ObjectMeta",
                    field("name", text(), "Name of the resource, unique in its namespace."),
                    field("generateName", text(), "Beginning of a name that the server completes."),
                    field("namespace", text(), "Namespace that it lives in."),
                    field("labels", map(text()), "Labels by which it is selected."),
                    field("annotations", map(text()), "Notes for people and tools."),
                    field("uid", text(), "Given by the server."),
                    field(
                            "resourceVersion",
                            text(),
                            "Revision of its last change, given by the server."),
                    field(
                            "generation",
                            notNegative(),
                            "Counts changes of the spec, by the server."),
                    field("creationTimestamp", time(), "Given by the server.").orNull(),
                    field("deletionTimestamp", time(), "Given by the server.").orNull(),
                    field("deletionGracePeriodSeconds", notNegative(), "Given by the server.")
                            .orNull(),
                    field("finalizers", list(text()), "Who must agree before it is gone."),
                    field("ownerReferences", list(new AnySchema()), "Resources that it goes with."),
                    field("managedFields", list(new AnySchema()), "Who wrote which field."),
                    field("selfLink", text(), "Not in force."));

    private KindSchema() {}

    /** What the spec of a kind may hold. */
    public static ObjectSchema spec(Kind kind) {
        return switch (kind) {
            case VIRTUAL_SERVICE -> VirtualServiceSchema.SPEC;
            case DESTINATION_RULE -> DestinationRuleSchema.SPEC;
            case SERVICE_ENTRY -> ServiceEntrySchema.SPEC;
            case WORKLOAD_ENTRY -> WorkloadEntrySchema.SPEC;
            case GATEWAY -> GatewaySchema.SPEC;
            case PEER_AUTHENTICATION -> SecuritySchemas.PEER_AUTHENTICATION;
            case AUTHORIZATION_POLICY -> AuthorizationPolicySchema.SPEC;
            case RATE_LIMIT -> RateLimitSchema.SPEC;
        };
    }

    /** What a document of a kind may hold. */
    public static ObjectSchema document(Kind kind) {
        return object(
                kind.kindName(),
                required("apiVersion", text(), "Group and version, " + kind.apiVersion() + "."),
                required("kind", text(), kind.kindName() + "."),
                required("metadata", METADATA, "Name, namespace, labels."),
                specField(kind),
                field("status", new AnySchema(), "What became of it; written by the server."));
    }

    /** Whether a document of the kind must have a spec; otherwise a missing one is an empty one. */
    public static boolean isSpecRequired(Kind kind) {
        return switch (kind) {
            case SERVICE_ENTRY, WORKLOAD_ENTRY, RATE_LIMIT -> true;
            case VIRTUAL_SERVICE,
                    DESTINATION_RULE,
                    GATEWAY,
                    PEER_AUTHENTICATION,
                    AUTHORIZATION_POLICY ->
                    false;
        };
    }

    private static Field specField(Kind kind) {
        return isSpecRequired(kind)
                ? required("spec", spec(kind), description(kind))
                : field("spec", spec(kind), description(kind)).orElse(Map.of());
    }

    /** What a kind is for, in a sentence. */
    public static String description(Kind kind) {
        return switch (kind) {
            case VIRTUAL_SERVICE -> "How traffic to some hosts is routed.";
            case DESTINATION_RULE -> "How clients call a host, and which subsets it has.";
            case SERVICE_ENTRY -> "A service that no platform reports.";
            case WORKLOAD_ENTRY -> "A workload that no platform reports.";
            case GATEWAY -> "Ports and hosts that a proxy at the edge of the mesh serves.";
            case PEER_AUTHENTICATION -> "Whether callers of workloads must show a certificate.";
            case AUTHORIZATION_POLICY -> "Who may call workloads, and for what.";
            case RATE_LIMIT -> "How often a service may be called.";
        };
    }
}
