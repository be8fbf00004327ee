package io.lateen.model.schema;

import static io.lateen.model.schema.Field.field;
import static io.lateen.model.schema.IntegerSchema.uint32;
import static io.lateen.model.schema.MapSchema.map;
import static io.lateen.model.schema.ObjectSchema.object;
import static io.lateen.model.schema.TextSchema.text;

/** What a WorkloadEntry, or an endpoint of a ServiceEntry, may hold. */
final class WorkloadEntrySchema {

    static final ObjectSchema SPEC =
            object(
                    "WorkloadEntry",
                    field("address", text(256), "IP address, DNS name, or unix:// with a path."),
                    field(
                            "ports",
                            map(uint32()).atMost(128),
                            "Ports it listens on, by the name of the service's port."),
                    field("labels", map(text()).atMost(256), "Labels by which it is selected."),
                    field("network", text(2048), "Network in which the address means something."),
                    field("locality", text(2048), "Where it runs: region/zone/subzone."),
                    field("weight", uint32(), "Share of the traffic, relative to the others."),
                    field("serviceAccount", text(253), "Whose identity it has."));

    private WorkloadEntrySchema() {}
}
