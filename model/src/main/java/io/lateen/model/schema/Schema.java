package io.lateen.model.schema;

import io.lateen.model.document.Node;
import io.lateen.model.validation.Violations;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a value may be. */
public sealed interface Schema
        permits ObjectSchema,
                ListSchema,
                MapSchema,
                TextSchema,
                IntegerSchema,
                NumberSchema,
                BooleanSchema,
                AnySchema {

    /**
     * Reports everything in which a value differs from this. Unknown fields are not reported: they
     * are the business of {@link #known}.
     *
     * @param node that exists
     */
    void check(Node node, Violations violations);

    /** This in the words of OpenAPI v3, as maps and lists. */
    Map<String, Object> toOpenApi();

    /**
     * The value without the fields that this does not know, and without nulls.
     *
     * @param unknown is told each of the fields that are left out
     */
    default @Nullable Object known(Node node, Violations unknown) {
        return node.value();
    }

    /** The value with everything that is absent and has a meaning filled in. */
    default Object completed(Object value) {
        return value;
    }

    /** The value without what {@link #completed} would fill in. */
    default Object trimmed(Object value) {
        return value;
    }

    /** What an absent value of this type means to the records; null where it means nothing. */
    default @Nullable Object whenAbsent() {
        return switch (this) {
            case ListSchema _ -> List.of();
            case MapSchema _ -> Map.of();
            default -> null;
        };
    }
}
