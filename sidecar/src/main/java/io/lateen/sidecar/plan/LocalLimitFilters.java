package io.lateen.sidecar.plan;

import io.lateen.sidecar.filter.limit.LocalLimitFilter;
import io.lateen.sidecar.filter.limit.LocalLimits;
import io.lateen.sidecar.filter.quota.QuotaRule;
import java.lang.ref.WeakReference;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The filters of local limits from plan to plan: where nothing of a limit changed, what was spent
 * stays spent. Confined to the configuration thread; a filter is forgotten with the last plan that
 * uses it.
 */
final class LocalLimitFilters {

    private final SecureRandom secrets = new SecureRandom();
    private final Map<Key, WeakReference<LocalLimitFilter>> filters = new HashMap<>();

    private record Key(String place, Object source, List<QuotaRule> rules) {}

    /**
     * The filter of a gate; empty where it never refuses anything.
     *
     * @param place listener and, for a route's own limits, virtual host and route
     */
    Optional<LocalLimitFilter> of(LocalLimitGate gate, List<QuotaRule> ofRoute, String place) {
        List<QuotaRule> rules = gate.rules(ofRoute);
        LocalLimits limits = gate.on(rules);
        if (limits.isIdle()) {
            return Optional.empty();
        }
        Key key = new Key(place, gate.source(), rules);
        WeakReference<LocalLimitFilter> known = filters.get(key);
        @Nullable LocalLimitFilter kept = known == null ? null : known.get();
        if (kept != null) {
            return Optional.of(kept);
        }
        LocalLimitFilter made = new LocalLimitFilter(limits, secrets);
        filters.put(key, new WeakReference<>(made));
        return Optional.of(made);
    }

    /** Forgets what no plan uses any more. */
    void tidy() {
        filters.values().removeIf(each -> each.get() == null);
    }
}
