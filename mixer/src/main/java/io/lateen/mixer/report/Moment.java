package io.lateen.mixer.report;

import java.time.Instant;

/** A point in time, as slots see it. */
record Moment(Instant instant) {

    long slot(Resolution resolution) {
        return resolution.slotAt(instant);
    }
}
