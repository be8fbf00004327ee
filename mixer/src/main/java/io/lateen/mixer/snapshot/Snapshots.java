package io.lateen.mixer.snapshot;

import io.lateen.mixer.report.EdgeBook;
import io.lateen.mixer.report.Observed;
import io.lateen.mixer.report.Resolution;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/** Writes what the book has that the database has not. Confined to one thread at a time. */
final class Snapshots {
    private final EdgeBook book;
    private final SlotRows rows;
    private final UUID self;
    private final Clock clock;

    /** The newest slot that was written; it may have grown since. */
    private final Map<Resolution, Long> written = new EnumMap<>(Resolution.class);

    Snapshots(EdgeBook book, SlotRows rows, UUID self, Clock clock) {
        this.book = book;
        this.rows = rows;
        this.self = self;
        this.clock = clock;
    }

    /**
     * Writes every slot that was open since the last time, and lets go of what is too old.
     *
     * @throws org.springframework.dao.DataAccessException when the database does not take it; what
     *     was not written is written the next time
     */
    void write() {
        Instant now = clock.instant();
        book.tidy(now);
        for (Resolution resolution : Resolution.values()) {
            long last = resolution.slotAt(now);
            long oldest = last - resolution.slots() + 1;
            for (long slot = Math.max(oldest, written.getOrDefault(resolution, oldest));
                    slot <= last;
                    slot++) {
                Observed observed = new Observed();
                book.addTo(observed, resolution, slot, slot);
                if (!observed.isEmpty()) {
                    rows.put(self, resolution, slot, SlotContent.of(observed).json());
                }
                written.put(resolution, slot);
            }
            rows.forgetBefore(resolution, oldest);
        }
    }
}
