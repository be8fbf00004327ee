package io.lateen.model.schema;

import static io.lateen.model.schema.Field.field;
import static io.lateen.model.schema.MapSchema.map;
import static io.lateen.model.schema.ObjectSchema.object;
import static io.lateen.model.schema.TextSchema.oneOf;
import static io.lateen.model.schema.TextSchema.text;

/** What a PeerAuthentication may hold, and what the kinds of its group share. */
final class SecuritySchemas {

    /** Which workloads a policy is for. */
    static final ObjectSchema WORKLOAD_SELECTOR =
            object(
                    "WorkloadSelector",
                    field(
                            "matchLabels",
                            map(text(63)).atMost(4096),
                            "Labels that a workload must all have."));

    private static final ObjectSchema MUTUAL_TLS =
            object(
                    "MutualTLS",
                    field(
                                    "mode",
                                    oneOf("UNSET", "DISABLE", "PERMISSIVE", "STRICT"),
                                    "Whether callers show a certificate: STRICT must, PERMISSIVE"
                                            + " may, DISABLE cannot.")
                            .orElse("UNSET"));

    static final ObjectSchema PEER_AUTHENTICATION =
            object(
                    "PeerAuthentication",
                    field(
                            "selector",
                            WORKLOAD_SELECTOR,
                            "Which workloads this is for; all of the namespace by default."),
                    field("mtls", MUTUAL_TLS, "What is asked of callers on every port."),
                    field(
                            "portLevelMtls",
                            map(MUTUAL_TLS).atLeast(1),
                            "What is asked on single ports of the workload, by number."));

    private SecuritySchemas() {}
}
