package io.lateen.model.codec;

import io.lateen.model.resource.Resource;
import io.lateen.model.validation.Violation;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What became of a document. */
public sealed interface Decoded {

    /** Which resource the document is about: {@code VirtualService default/reviews}. */
    String subject();

    /**
     * A document that is right.
     *
     * @param subject which resource
     * @param resource typed
     * @param document as its author wrote it, so that it can be shown to them again unchanged: only
     *     nulls and tolerated unknown fields are gone, and unquoted addresses mended. Durations and
     *     numbers keep the form in which they were written, which the typed record does not.
     * @param warnings that the author should read
     */
    record Accepted(String subject, Resource resource, ObjectNode document, List<String> warnings)
            implements Decoded {

        public Accepted {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * A document with faults.
     *
     * @param subject which resource, or the number of the document where that cannot be read
     * @param violations every one of them
     * @param warnings that the author should read beside them
     */
    record Refused(String subject, List<Violation> violations, List<String> warnings)
            implements Decoded {

        public Refused {
            violations = List.copyOf(violations);
            warnings = List.copyOf(warnings);
        }
    }
}
