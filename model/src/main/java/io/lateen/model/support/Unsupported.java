package io.lateen.model.support;

import io.lateen.model.document.Node;
import io.lateen.model.validation.Violations;

/** How a missing feature is reported: always in the same words. */
final class Unsupported {

    private final Violations violations;

    Unsupported(Violations violations) {
        this.violations = violations;
    }

    /** Refuses a field, where it is written. */
    void refuse(Node field, String feature, String instead) {
        if (field.exists()) {
            violations.add(
                    field.path(),
                    field.shown(),
                    "nothing: " + feature + " not supported yet",
                    instead);
        }
    }

    /** Accepts a field with a warning that it does nothing yet, where it is written. */
    void warn(Node field, String sentence) {
        if (field.exists()) {
            violations.warn(field.path(), sentence);
        }
    }
}
