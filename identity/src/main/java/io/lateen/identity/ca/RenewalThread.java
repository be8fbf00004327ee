package io.lateen.identity.ca;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread on which certificates are renewed: asking blocks, and happens every few hours. */
public final class RenewalThread implements CertificateRenewal.Timer, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RenewalThread.class);

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("lateen-certificate").factory());

    @Override
    public void after(Duration delay, Runnable work) {
        try {
            Future<?> _ = thread.schedule(() -> run(work), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            // The program ends; nobody needs another certificate.
        }
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.error("Work on a certificate failed in a way that was not foreseen.", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
