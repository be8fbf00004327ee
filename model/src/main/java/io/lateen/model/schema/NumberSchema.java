package io.lateen.model.schema;

import io.lateen.model.document.Node;
import io.lateen.model.validation.Violations;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A number that may have a fraction.
 *
 * @param min the smallest; null means any
 * @param max the largest; null means any
 */
public record NumberSchema(@Nullable Long min, @Nullable Long max) implements Schema {

    /** Any number. */
    public static NumberSchema number() {
        return new NumberSchema(null, null);
    }

    /** A number that is not negative. */
    public static NumberSchema notNegativeNumber() {
        return new NumberSchema(0L, null);
    }

    /** A share in percent. */
    public static NumberSchema percent() {
        return new NumberSchema(0L, 100L);
    }

    @Override
    public void check(Node node, Violations violations) {
        OptionalDouble number = node.number();
        if (number.isEmpty() || !Double.isFinite(number.getAsDouble())) {
            violations.add(
                    node.path(),
                    node.shown(),
                    "a number",
                    node.text().isPresent() ? "remove the quotes" : "");
            return;
        }
        if (min != null && number.getAsDouble() < min) {
            violations.add(node.path(), node.shown(), "a number from " + min);
        }
        if (max != null && number.getAsDouble() > max) {
            violations.add(node.path(), node.shown(), "a number up to " + max);
        }
    }

    @Override
    public Map<String, Object> toOpenApi() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("type", "number");
        description.put("format", "double");
        if (min != null) {
            description.put("minimum", min);
        }
        if (max != null) {
            description.put("maximum", max);
        }
        return description;
    }
}
