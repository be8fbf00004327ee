package io.lateen.mixer.report;

import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What was lost, slot by slot. Guarded by itself. */
final class Losses {
    private final Map<Resolution, NavigableMap<Long, Count>> slots =
            new EnumMap<>(Resolution.class);

    private static final class Count {
        private long dropped;
        private long overflowed;
    }

    Losses() {
        for (Resolution resolution : Resolution.values()) {
            slots.put(resolution, new TreeMap<>());
        }
    }

    synchronized void dropped(long calls, Moment now) {
        slots.forEach((resolution, own) -> at(resolution, own, now).dropped += calls);
    }

    synchronized void overflowed(Moment now) {
        slots.forEach((resolution, own) -> at(resolution, own, now).overflowed++);
    }

    private static Count at(Resolution resolution, NavigableMap<Long, Count> own, Moment now) {
        long slot = now.slot(resolution);
        own.headMap(slot - resolution.slots() + 1).clear();
        return own.computeIfAbsent(slot, _ -> new Count());
    }

    synchronized void addTo(Observed sum, Resolution resolution, long first, long last) {
        slots.getOrDefault(resolution, new TreeMap<>())
                .subMap(first, true, last, true)
                .values()
                .forEach(count -> sum.addLosses(count.dropped, count.overflowed));
    }

    synchronized void keepFrom(Moment now) {
        slots.forEach(
                (resolution, own) ->
                        own.headMap(now.slot(resolution) - resolution.slots() + 1).clear());
    }
}
