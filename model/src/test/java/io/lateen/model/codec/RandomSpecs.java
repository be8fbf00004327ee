package io.lateen.model.codec;

import io.lateen.model.schema.AnySchema;
import io.lateen.model.schema.BooleanSchema;
import io.lateen.model.schema.Field;
import io.lateen.model.schema.IntegerSchema;
import io.lateen.model.schema.ListSchema;
import io.lateen.model.schema.MapSchema;
import io.lateen.model.schema.NumberSchema;
import io.lateen.model.schema.ObjectSchema;
import io.lateen.model.schema.Schema;
import io.lateen.model.schema.TextSchema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Trees that a schema allows, drawn at random, in the form in which the codec writes them. Not
 * every one makes sense as a whole: the rules between fields are not followed.
 */
final class RandomSpecs {

    private final SplittableRandom random;

    RandomSpecs(SplittableRandom random) {
        this.random = random;
    }

    Object draw(Schema schema) {
        return draw(schema, "");
    }

    private Object draw(Schema schema, String name) {
        return switch (schema) {
            case ObjectSchema object -> object(object);
            case ListSchema list -> {
                List<Object> items = new ArrayList<>();
                for (int i = 0, size = 1 + random.nextInt(2); i < size; i++) {
                    items.add(draw(list.items(), name));
                }
                yield items;
            }
            case MapSchema map -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                for (int i = 0, size = 1 + random.nextInt(2); i < size; i++) {
                    entries.put("key-" + random.nextInt(100), draw(map.values(), name));
                }
                yield entries;
            }
            case TextSchema text -> text(text, name);
            case IntegerSchema integer -> integer(integer);
            case NumberSchema _ -> random.nextInt(1, 1000) / 10.0;
            case BooleanSchema _ -> random.nextBoolean();
            case AnySchema _ -> Map.of();
        };
    }

    private Map<String, Object> object(ObjectSchema schema) {
        Set<String> left = new HashSet<>();
        for (List<String> group : schema.oneOf()) {
            left.addAll(group);
            left.remove(group.get(random.nextInt(group.size())));
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        for (Field field : schema.fields().values()) {
            // Two fields are read under another name or value than they are written: not drawn, or
            // always drawn.
            boolean twin = field.name().equals("mirror_percent");
            boolean needed =
                    field.required()
                            || field.name().equals("redirectCode")
                            || schema.name().equals("RegexRewrite")
                            || schema.name().equals("Delegate")
                            || schema.name().equals("PortSelector")
                            || (schema.name().equals("PortTrafficPolicy")
                                    && field.name().equals("port"));
            if (!twin && !left.contains(field.name()) && (needed || random.nextInt(4) == 0)) {
                tree.put(field.name(), draw(field.schema(), field.name()));
            }
        }
        return tree;
    }

    private String text(TextSchema schema, String name) {
        if (!schema.values().isEmpty()) {
            return schema.values().get(random.nextInt(schema.values().size()));
        }
        return switch (schema.form()) {
            case DURATION, POSITIVE_DURATION ->
                    // As it is written again: 19s, not 19.0s.
                    BigDecimal.valueOf(1 + random.nextInt(100_000), 3)
                                    .stripTrailingZeros()
                                    .toPlainString()
                            + "s";
            case BASE64 -> "YWJj";
            case TIME -> "2026-01-31T12:00:00Z";
            case FREE ->
                    name.equals("protocol")
                            ? List.of("HTTP", "GRPC-Web", "TCP").get(random.nextInt(3))
                            : "text-" + random.nextInt(1000);
        };
    }

    private long integer(IntegerSchema schema) {
        long min = schema.min() == null ? 1 : Math.max(1, schema.min());
        long max = schema.max() == null ? 100_000 : Math.min(65_535, schema.max());
        return random.nextLong(min, max + 1);
    }
}
