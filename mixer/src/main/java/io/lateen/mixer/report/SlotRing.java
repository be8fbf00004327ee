package io.lateen.mixer.report;

import org.jspecify.annotations.Nullable;

/**
 * The last slots of one edge and reporter. A slot takes memory once something falls into it; there
 * are never more than the ring has places. Guarded by the edge.
 */
final class SlotRing {
    private final @Nullable Tally[] tallies;
    private final long[] numbers;

    SlotRing(Resolution resolution) {
        tallies = new @Nullable Tally[resolution.slots()];
        numbers = new long[resolution.slots()];
    }

    void add(long slot, Call.Outcome outcome) {
        int place = (int) Math.floorMod(slot, (long) tallies.length);
        Tally tally = tallies[place];
        if (tally == null || numbers[place] < slot) {
            tally = new Tally();
            tallies[place] = tally;
            numbers[place] = slot;
        } else if (numbers[place] > slot) {
            // The clock has gone back by more than the ring: older than all that is kept.
            return;
        }
        tally.add(outcome);
    }

    /** What a slot has counted; null if nothing. */
    @Nullable Tally at(long slot) {
        int place = (int) Math.floorMod(slot, (long) tallies.length);
        return numbers[place] == slot ? tallies[place] : null;
    }

    /** Lets go of what is older than a slot; answers whether anything is left. */
    boolean keepFrom(long oldest) {
        boolean any = false;
        for (int place = 0; place < tallies.length; place++) {
            if (numbers[place] < oldest) {
                tallies[place] = null;
            }
            any |= tallies[place] != null;
        }
        return any;
    }
}
