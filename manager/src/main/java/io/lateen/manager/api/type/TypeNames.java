package io.lateen.manager.api.type;

import java.util.List;

/**
 * What a type is called beside its kind.
 *
 * @param categories groups of types that clients ask for together, {@code istio-io}
 */
public record TypeNames(
        String plural, String singular, List<String> shortNames, List<String> categories) {
    public TypeNames {
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
    }
}
