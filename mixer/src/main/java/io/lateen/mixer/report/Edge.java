package io.lateen.mixer.report;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The counts of one edge, per reporter and resolution. Guarded by itself. */
final class Edge {
    private final Map<Reporter, Map<Resolution, SlotRing>> rings = new EnumMap<>(Reporter.class);

    synchronized void add(Reporter reporter, Moment now, Call.Outcome outcome) {
        Map<Resolution, SlotRing> own =
                rings.computeIfAbsent(reporter, _ -> new EnumMap<>(Resolution.class));
        for (Resolution resolution : Resolution.values()) {
            own.computeIfAbsent(resolution, SlotRing::new).add(now.slot(resolution), outcome);
        }
    }

    /** Adds what the slots from {@code first} to {@code last} have counted; whether it is any. */
    synchronized boolean addTo(
            Tally sum, Reporter reporter, Resolution resolution, long first, long last) {
        @Nullable Map<Resolution, SlotRing> own = rings.get(reporter);
        @Nullable SlotRing ring = own == null ? null : own.get(resolution);
        if (ring == null) {
            return false;
        }
        boolean any = false;
        for (long slot = first; slot <= last; slot++) {
            Tally tally = ring.at(slot);
            if (tally != null) {
                sum.add(tally);
                any = true;
            }
        }
        return any;
    }

    /** Lets go of what is too old; answers whether anything is left. */
    synchronized boolean keepFrom(Moment now) {
        boolean any = false;
        for (Map<Resolution, SlotRing> own : rings.values()) {
            for (Map.Entry<Resolution, SlotRing> each : own.entrySet()) {
                Resolution resolution = each.getKey();
                any |= each.getValue().keepFrom(now.slot(resolution) - resolution.slots() + 1);
            }
        }
        return any;
    }
}
