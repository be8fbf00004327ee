package io.lateen.manager.ads;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a proxy has reached, and says it as a value. Not thread-safe: belongs to one {@link
 * ProxySession}.
 */
final class ProgressBook {

    private final Subscriptions subscriptions;
    private final Map<ResourceType, TypeProgress.Nack> lastNack = new EnumMap<>(ResourceType.class);
    private long inForceRevision;
    private @Nullable Instant inForceAt;

    ProgressBook(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    void rejected(ResourceType type, Rejection rejection) {
        lastNack.put(type, new TypeProgress.Nack(rejection.message(), rejection.at()));
    }

    /** Notes that {@code revision} is in force; returns whether that is news. */
    boolean inForce(long revision, Instant now) {
        if (inForceAt != null && revision <= inForceRevision) {
            return false;
        }
        inForceRevision = revision;
        inForceAt = now;
        return true;
    }

    /** How far the proxy is on its way to {@code target}. */
    ProxyProgress read(@Nullable Push target) {
        Map<ResourceType, TypeProgress> types = new EnumMap<>(ResourceType.class);
        for (ResourceType type : ResourceType.values()) {
            types.put(type, read(type, target));
        }
        return new ProxyProgress(
                types, target == null ? 0 : target.revision(), inForceRevision, inForceAt);
    }

    private TypeProgress read(ResourceType type, @Nullable Push target) {
        Subscription subscription = subscriptions.of(type);
        Map<String, String> held = subscription.held();
        return new TypeProgress(
                status(type, subscription, target),
                held.isEmpty() ? "" : SetVersion.of(held),
                held.size(),
                lastNack.get(type));
    }

    private static TypeProgress.Status status(
            ResourceType type, Subscription subscription, @Nullable Push target) {
        if (!subscription.isOpen() || target == null) {
            return TypeProgress.Status.NOT_SENT;
        }
        if (subscription.rejection() != null) {
            return TypeProgress.Status.NACKED;
        }
        if (subscription.sent() != null
                || !subscription.additions(target.of(type)).isEmpty()
                || !subscription.removals(target.of(type)).isEmpty()) {
            return TypeProgress.Status.STALE;
        }
        return subscription.held().isEmpty()
                ? TypeProgress.Status.NOT_SENT
                : TypeProgress.Status.SYNCED;
    }
}
