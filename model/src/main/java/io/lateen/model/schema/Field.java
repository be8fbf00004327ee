package io.lateen.model.schema;

import org.jspecify.annotations.Nullable;

/**
 * A field of an object.
 *
 * @param name as users write it
 * @param schema of its value
 * @param description what it is for, in a sentence
 * @param required whether it must be written
 * @param nullable whether clients may write an explicit null
 * @param whenAbsent what the records hold where it is not written; null where they hold null
 */
public record Field(
        String name,
        Schema schema,
        String description,
        boolean required,
        boolean nullable,
        @Nullable Object whenAbsent) {

    /** A field that may be left out. */
    public static Field field(String name, Schema schema, String description) {
        return new Field(name, schema, description, false, false, schema.whenAbsent());
    }

    /** A field that must be written. */
    public static Field required(String name, Schema schema, String description) {
        return new Field(name, schema, description, true, false, null);
    }

    /** The same, with a meaning where it is not written. */
    public Field orElse(Object meaning) {
        return new Field(name, schema, description, required, nullable, meaning);
    }

    /** The same, where an explicit null may be written and means nothing. */
    public Field orNull() {
        return new Field(name, schema, description, required, true, whenAbsent);
    }

    /** Whether a value says the same as leaving the field out; 0 and 0.0 are one number. */
    boolean meansAbsent(Object value) {
        if (value instanceof Number number && whenAbsent instanceof Number absent) {
            return Double.compare(number.doubleValue(), absent.doubleValue()) == 0;
        }
        return value.equals(whenAbsent);
    }
}
