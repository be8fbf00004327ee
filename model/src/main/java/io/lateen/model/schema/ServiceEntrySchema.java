package io.lateen.model.schema;

import static io.lateen.model.schema.Field.field;
import static io.lateen.model.schema.Field.required;
import static io.lateen.model.schema.IntegerSchema.uint32;
import static io.lateen.model.schema.ListSchema.list;
import static io.lateen.model.schema.MapSchema.map;
import static io.lateen.model.schema.ObjectSchema.object;
import static io.lateen.model.schema.TextSchema.oneOf;
import static io.lateen.model.schema.TextSchema.text;

/** What a ServiceEntry may hold. */
final class ServiceEntrySchema {

    static final ObjectSchema SPEC =
            object(
                    "ServiceEntry",
                    required("hosts", list(text()).sized(1, 256), "Names of the service, in full."),
                    field(
                            "addresses",
                            list(text(64)).sized(0, 256),
                            "IP addresses or ranges that stand for it."),
                    field(
                            "ports",
                            list(object(
                                            "ServicePort",
                                            required("number", uint32(), "Port it is called on."),
                                            field("protocol", text(256), "What is spoken there.")
                                                    .orElse(""),
                                            required("name", text(256), "Name of the port."),
                                            field(
                                                    "targetPort",
                                                    uint32(),
                                                    "Port that endpoints listen on.")))
                                    .sized(0, 256)
                                    .keyedBy("name"),
                            "Ports that it is called on."),
                    field(
                                    "location",
                                    oneOf("MESH_EXTERNAL", "MESH_INTERNAL"),
                                    "On which side of the mesh's edge it lives.")
                            .orElse("MESH_EXTERNAL"),
                    field(
                                    "resolution",
                                    oneOf(
                                            "NONE",
                                            "STATIC",
                                            "DNS",
                                            "DNS_ROUND_ROBIN",
                                            "DYNAMIC_DNS"),
                                    "How its endpoints are found.")
                            .orElse("NONE"),
                    field(
                            "endpoints",
                            list(WorkloadEntrySchema.SPEC).sized(0, 4096),
                            "Endpoints listed here."),
                    field(
                            "workloadSelector",
                            object(
                                    "WorkloadSelector",
                                    field(
                                            "labels",
                                            map(text(63)).atMost(256),
                                            "Labels of the workloads.")),
                            "Workloads that are its endpoints."),
                    field(
                            "exportTo",
                            list(text()),
                            "Namespaces that see this; * is all, . this one."),
                    field("subjectAltNames", list(text()), "Names its certificates may carry."));

    private ServiceEntrySchema() {}
}
