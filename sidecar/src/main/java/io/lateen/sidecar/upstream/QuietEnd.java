package io.lateen.sidecar.upstream;

import java.util.concurrent.TimeUnit;

/**
 * How a connection without a request is closed so that no request is lost: not before its client
 * has been quiet for a while, and not before what has come meanwhile has been read. A loop that was
 * held up finds its timers due before it looks at its sockets, so the end is always put off until
 * it has looked at them once more. On the connection's loop.
 */
public final class QuietEnd {
    /** More than the second for which our pools trust an idle connection with a POST. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

    private static final long LOOK_MILLIS = 1;

    private QuietEnd() {}

    /** A connection that may be without a request. */
    public interface Connection {
        /** Whether nothing has come that is not answered. */
        boolean isQuiet();

        /** Since when, by the worker's clock, if it is quiet. */
        long quietSinceNanos();

        /** Closes it, once what was written has gone out; called only while it is quiet. */
        void closeAfterWrites();
    }

    /** Closes it when its client has been quiet for a second and a half; else leaves it alone. */
    public static void whenQuiet(Worker worker, Connection connection) {
        if (!connection.isQuiet()) {
            return;
        }
        long left = QUIET_NANOS - (worker.nanos() - connection.quietSinceNanos());
        if (left <= 0) {
            now(worker, connection);
        } else {
            var _ =
                    worker.loop()
                            .schedule(
                                    () -> whenQuiet(worker, connection),
                                    left,
                                    TimeUnit.NANOSECONDS);
        }
    }

    /** Closes it unless something has come already, though it was not read yet. */
    public static void now(Worker worker, Connection connection) {
        long since = connection.quietSinceNanos();
        var _ =
                worker.loop()
                        .schedule(
                                () -> {
                                    if (connection.isQuiet()
                                            && connection.quietSinceNanos() == since) {
                                        connection.closeAfterWrites();
                                    }
                                },
                                LOOK_MILLIS,
                                TimeUnit.MILLISECONDS);
    }
}
