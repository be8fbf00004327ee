package io.lateen.manager.api.type;

import io.lateen.manager.api.status.Cause;
import io.lateen.model.codec.UnknownFields;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says whether a document of a type is as it should be. Pure. */
@FunctionalInterface
public interface ContentRules {

    /** Checks a whole document. */
    Checked check(ObjectNode document, UnknownFields unknownFields);

    /**
     * What came of it.
     *
     * @param spec to store: what was written, without the fields that nobody knows
     * @param faults a cause for each
     * @param warnings what is allowed, but not wise
     */
    record Checked(JsonNode spec, List<Cause> faults, List<String> warnings) {
        public Checked {
            faults = List.copyOf(faults);
            warnings = List.copyOf(warnings);
        }
    }
}
