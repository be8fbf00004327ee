package io.lateen.model.schema;

import static io.lateen.model.schema.Field.field;
import static io.lateen.model.schema.Field.required;
import static io.lateen.model.schema.ListSchema.list;
import static io.lateen.model.schema.MapSchema.map;
import static io.lateen.model.schema.ObjectSchema.object;
import static io.lateen.model.schema.TextSchema.text;

/** What a DestinationRule may hold. */
final class DestinationRuleSchema {

    static final ObjectSchema SPEC =
            object(
                    "DestinationRule",
                    required("host", text(), "The host whose clients this is for."),
                    field(
                            "trafficPolicy",
                            TrafficPolicySchema.TRAFFIC_POLICY,
                            "How the host is called."),
                    field(
                            "subsets",
                            list(
                                    object(
                                            "Subset",
                                            required(
                                                    "name",
                                                    text(),
                                                    "Name that destinations refer to."),
                                            field(
                                                    "labels",
                                                    map(text()),
                                                    "Labels of the subset's workloads."),
                                            field(
                                                    "trafficPolicy",
                                                    TrafficPolicySchema.TRAFFIC_POLICY,
                                                    "Overrides the host's, block by block."))),
                            "Named parts of the host's workloads."),
                    field(
                            "exportTo",
                            list(text()),
                            "Namespaces that see this; * is all, . this one."),
                    field(
                            "workloadSelector",
                            object(
                                    "WorkloadSelector",
                                    field(
                                            "matchLabels",
                                            map(text(63)).atMost(4096),
                                            "Labels of the clients this is for.")),
                            "Which clients this is for; all by default."));

    private DestinationRuleSchema() {}
}
