package io.lateen.model.codec;

import io.lateen.model.document.Node;
import io.lateen.model.validation.Violations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * IPv6 addresses that end in {@code ::} and were written without quotes. YAML reads {@code
 * 2001:db8::} as a map with the one key {@code 2001:db8:} and nothing in it. No kind has such a map
 * anywhere, so it is read as the address that was meant, and the author is told.
 */
final class UnquotedAddresses {

    private static final Pattern KEY =
            Pattern.compile("[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){0,6}:");

    private UnquotedAddresses() {}

    /** The value with addresses in place of such maps. */
    static @Nullable Object mended(Node node, Violations violations) {
        return switch (node.value()) {
            case null -> null;
            case Map<?, ?> map -> {
                String address = address(map);
                if (address != null) {
                    violations.warn(
                            node.path(),
                            "is read as the address \"" + address + "\"; put it in quotes");
                    yield address;
                }
                Map<String, @Nullable Object> mended = new LinkedHashMap<>();
                for (Object key : map.keySet()) {
                    mended.put(key.toString(), mended(node.get(key.toString()), violations));
                }
                yield mended;
            }
            case List<?> _ -> {
                List<@Nullable Object> mended = new ArrayList<>();
                node.items().forEach(item -> mended.add(mended(item, violations)));
                yield mended;
            }
            default -> node.value();
        };
    }

    private static @Nullable String address(Map<?, ?> map) {
        if (map.size() != 1) {
            return null;
        }
        Map.Entry<?, ?> entry = map.entrySet().iterator().next();
        String key = entry.getKey().toString();
        boolean meant = entry.getValue() == null && key.length() > 1 && KEY.matcher(key).matches();
        return meant ? key + ":" : null;
    }
}
