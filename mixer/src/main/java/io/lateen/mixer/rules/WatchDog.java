package io.lateen.mixer.rules;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Closes a stream on which nothing was read for too long: a reader of it then fails. */
final class WatchDog implements AutoCloseable {
    private final Semaphore pats = new Semaphore(0);
    private final Thread thread;
    private volatile boolean off;

    WatchDog(InputStream stream, Duration patience) {
        thread =
                Thread.ofVirtual()
                        .name("rules-watchdog")
                        .start(
                                () -> {
                                    try {
                                        while (pats.tryAcquire(
                                                patience.toMillis(), TimeUnit.MILLISECONDS)) {
                                            if (off) {
                                                return;
                                            }
                                        }
                                        stream.close();
                                    } catch (InterruptedException | IOException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
    }

    /** Something was read. */
    void pat() {
        pats.release();
    }

    @Override
    public void close() {
        off = true;
        pats.release();
        thread.interrupt();
    }
}
