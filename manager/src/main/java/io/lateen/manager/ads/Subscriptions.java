package io.lateen.manager.ads;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The four subscriptions of one stream. */
final class Subscriptions {

    private final Map<ResourceType, Subscription> byType = new EnumMap<>(ResourceType.class);

    Subscriptions() {
        for (ResourceType type : ResourceType.values()) {
            byType.put(type, new Subscription());
        }
    }

    Subscription of(ResourceType type) {
        return Objects.requireNonNull(byType.get(type));
    }
}
