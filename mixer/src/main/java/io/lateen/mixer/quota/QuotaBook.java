package io.lateen.mixer.quota;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All limits and what is used of them. Windows outlive a change of their limit unless its time
 * changes. Limits are put by one thread; any number of threads take.
 */
public final class QuotaBook {
    private final Counters.Room room;
    private final AtomicLong granted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile Map<String, Entry> entries = Map.of();

    private record Entry(Limit limit, Counters counters) {}

    /**
     * @param keys how many windows are kept at most, some 150 bytes each
     */
    public QuotaBook(int keys) {
        this.room = new Counters.Room(keys);
    }

    /** Goes by these limits from now on. */
    public void put(Collection<Limit> limits) {
        Map<String, Entry> before = entries;
        Map<String, Entry> now = new HashMap<>();
        for (Limit limit : limits) {
            Entry known = before.get(limit.id());
            boolean same = known != null && known.limit().window().equals(limit.window());
            now.put(
                    limit.id(),
                    new Entry(
                            limit,
                            same && known != null
                                    ? known.counters()
                                    : new Counters(limit.window(), room)));
        }
        entries = Map.copyOf(now);
        before.forEach(
                (id, entry) -> {
                    Entry next = now.get(id);
                    if (next == null || !next.counters().equals(entry.counters())) {
                        entry.counters().clear();
                    }
                });
    }

    /**
     * Takes what a request needs of every limit, or nothing of any.
     *
     * @return how each stands; empty when one of them is not known
     */
    public Optional<List<Standing>> take(List<Demand> demands, long nowNanos) {
        Map<String, Entry> now = entries;
        List<Counters.Taken> taken = new ArrayList<>(demands.size());
        for (Demand demand : demands) {
            if (!now.containsKey(demand.limit())) {
                return Optional.empty();
            }
        }
        boolean all = true;
        for (Demand demand : demands) {
            Entry entry = now.get(demand.limit());
            if (entry == null) {
                throw new IllegalStateException("checked before");
            }
            Counters.Taken one =
                    entry.counters().take(entry.limit(), demand.key(), demand.hits(), nowNanos);
            taken.add(one);
            all &= one.standing().granted();
        }
        if (!all) {
            for (int i = 0; i < taken.size(); i++) {
                if (taken.get(i).standing().granted()) {
                    taken.get(i).from().giveBack(demands.get(i).hits(), nowNanos);
                }
            }
        }
        (all ? granted : refused).incrementAndGet();
        return Optional.of(taken.stream().map(Counters.Taken::standing).toList());
    }

    /** Lets go of what is no longer used. */
    public void tidy(long nowNanos) {
        entries.values().forEach(entry -> entry.counters().tidy(nowNanos));
    }

    /** How many limits there are. */
    public int limits() {
        return entries.size();
    }

    /** How many keys are counted apart at the moment. */
    public int keys() {
        return room.taken();
    }

    /** How often a key found no room of its own, since the start. */
    public long crowded() {
        return room.refused();
    }

    /** Requests that were within all of their limits, since the start. */
    public long granted() {
        return granted.get();
    }

    /** Requests that were not, since the start. */
    public long refused() {
        return refused.get();
    }
}
