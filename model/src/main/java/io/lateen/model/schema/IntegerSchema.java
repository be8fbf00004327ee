package io.lateen.model.schema;

import io.lateen.model.document.Node;
import io.lateen.model.validation.Violations;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A whole number.
 *
 * @param min the smallest; null means that the format decides
 * @param max the largest; null means that the format decides
 * @param format {@code int32} for numbers that fit 32 bits with a sign; null for others
 */
public record IntegerSchema(@Nullable Long min, @Nullable Long max, @Nullable String format)
        implements Schema {

    /** A number of 32 bits with a sign. */
    public static IntegerSchema int32() {
        return new IntegerSchema(null, null, "int32");
    }

    /** A number of 32 bits without a sign. */
    public static IntegerSchema uint32() {
        return between(0, 4_294_967_295L);
    }

    /** A number from and to. */
    public static IntegerSchema between(long min, long max) {
        return new IntegerSchema(min, max, null);
    }

    /** A number of 64 bits that is not negative. */
    public static IntegerSchema notNegative() {
        return new IntegerSchema(0L, null, null);
    }

    @Override
    public void check(Node node, Violations violations) {
        OptionalLong number = node.integer();
        if (number.isEmpty()) {
            violations.add(
                    node.path(),
                    node.shown(),
                    "a whole number",
                    isQuotedNumber(node) ? "remove the quotes" : "");
            return;
        }
        long lowest = min != null ? min : format != null ? Integer.MIN_VALUE : Long.MIN_VALUE;
        long highest = max != null ? max : format != null ? Integer.MAX_VALUE : Long.MAX_VALUE;
        if (number.getAsLong() < lowest || number.getAsLong() > highest) {
            violations.add(node.path(), node.shown(), lowest + " to " + highest);
        }
    }

    private static boolean isQuotedNumber(Node node) {
        return node.text().filter(text -> text.matches("-?\\d+")).isPresent();
    }

    @Override
    public Map<String, Object> toOpenApi() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("type", "integer");
        if (format != null) {
            description.put("format", format);
        }
        if (min != null) {
            description.put("minimum", min);
        }
        if (max != null) {
            description.put("maximum", max);
        }
        return description;
    }
}
