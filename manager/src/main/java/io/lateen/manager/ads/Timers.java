package io.lateen.manager.ads;

import java.time.Duration;
import java.time.Instant;

/** Time, as a stream sees it. Work that falls due runs on the stream's own turn. */
interface Timers {

    /** The time. */
    Instant now();

    /** Runs {@code work} after {@code delay}, unless cancelled by then. */
    Timer after(Duration delay, Runnable work);

    /** Work that waits for its time. */
    interface Timer {

        /** Takes the work back. */
        void cancel();
    }
}
