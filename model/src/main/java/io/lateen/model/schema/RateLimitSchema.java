package io.lateen.model.schema;

import static io.lateen.model.schema.Field.field;
import static io.lateen.model.schema.Field.required;
import static io.lateen.model.schema.IntegerSchema.between;
import static io.lateen.model.schema.ListSchema.list;
import static io.lateen.model.schema.ObjectSchema.object;
import static io.lateen.model.schema.TextSchema.duration;
import static io.lateen.model.schema.TextSchema.oneOf;
import static io.lateen.model.schema.TextSchema.text;

/** What a RateLimit may hold. */
final class RateLimitSchema {

    private static final ObjectSchema KEY =
            object(
                    "RateLimitKey",
                    required(
                            "header",
                            text(),
                            "A header whose values are counted apart; requests without it are"
                                    + " counted together."));

    private static final ObjectSchema LIMIT =
            object(
                    "Limit",
                    required(
                            "requests",
                            between(1, 4_294_967_295L),
                            "How many requests are let pass."),
                    required(
                            "per",
                            duration(),
                            "In how much time, which begins with the first of them; 1s to 24h."),
                    field("by", list(KEY), "What is counted apart; all together by default."));

    static final ObjectSchema SPEC =
            object(
                            "RateLimit",
                            field(
                                    "service",
                                    text(),
                                    "Short name of the service in this namespace whose callers are"
                                            + " counted."),
                            field(
                                    "selector",
                                    SecuritySchemas.WORKLOAD_SELECTOR,
                                    "Instead of a service: the workloads whose callers are"
                                            + " counted."),
                            field(
                                            "scope",
                                            oneOf("Mesh", "Workload"),
                                            "Who counts: the mixer for all workloads together, or"
                                                    + " each workload's sidecar for itself.")
                                    .orElse("Mesh"),
                            required(
                                    "limits",
                                    list(LIMIT),
                                    "Limits, each of which must let a request pass."),
                            field(
                                            "onUnavailable",
                                            oneOf("Allow", "Deny"),
                                            "What is done with a request while the mixer does not"
                                                    + " answer in time.")
                                    .orElse("Allow"),
                            field(
                                            "deadline",
                                            duration(),
                                            "How long a request waits for the mixer at most; 1ms to"
                                                    + " 1s.")
                                    .orElse("0.02s"))
                    .oneOf("service", "selector");

    private RateLimitSchema() {}
}
