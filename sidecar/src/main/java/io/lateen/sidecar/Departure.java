package io.lateen.sidecar;

import io.lateen.model.naming.ProxyType;
import io.lateen.sidecar.health.Presence;
import io.lateen.sidecar.transport.Listeners;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a sidecar leaves the mesh without a request noticing.
 *
 * <ol>
 *   <li>It is not ready any more, and the workload is withdrawn.
 *   <li>Until others have heard of that, it accepts as before, and says with each answer, or with
 *       GOAWAY, that the connection ends.
 *   <li>It accepts nothing more for the workload, and what is under way ends.
 *   <li>The application's own calls go on until it has gone.
 *   <li>The rest ends.
 * </ol>
 *
 * <p>All of it takes no longer than the settings' {@code propagation} and {@code drain} together.
 * Its methods wait; they may be called on any thread but an event loop or the configuration thread,
 * and by several.
 */
final class Departure {

    private static final Logger log = LoggerFactory.getLogger(Departure.class);

    /**
     * Though everybody knows at once: who is no sidecar of this mesh learns it from the answers to
     * its requests.
     */
    private static final Duration LEAST_PROPAGATION = Duration.ofSeconds(1);

    /** From a sidecar's word that it knows to the last request that it had begun before. */
    private static final Duration AFTERMATH = Duration.ofMillis(250);

    /** Beyond what the loops were given to end everything themselves. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private static final long ASKS_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Settings settings;
    private final Listeners listeners;
    private final Presence application;
    private final Supplier<CompletableFuture<Void>> withdrawal;
    private final LongSupplier nanos;

    /** Completes when no request to the workload is left; null before any of this has begun. */
    private @Nullable CompletableFuture<Void> inbound;

    /**
     * @param withdrawal tells the manager that the workload is to get no more requests; completes
     *     when every sidecar that the manager knows goes by that, or there is nobody to tell
     */
    Departure(
            Settings settings,
            Listeners listeners,
            Presence application,
            Supplier<CompletableFuture<Void>> withdrawal,
            LongSupplier nanos) {
        this.settings = settings;
        this.listeners = listeners;
        this.application = application;
        this.withdrawal = withdrawal;
        this.nanos = nanos;
    }

    /** Whether the workload has been withdrawn. */
    synchronized boolean hasBegun() {
        return inbound != null;
    }

    /** Whether no request to the workload is left. */
    synchronized boolean isWithoutInbound() {
        return inbound != null && inbound.isDone();
    }

    /** Takes the workload out of the mesh; its own calls go on as before. */
    void ofWorkload() {
        await("the end of requests to the workload", endInbound(), longest());
    }

    /** Takes all out of the mesh, in order. */
    void ofAll() {
        long begin = nanos.getAsLong();
        ofWorkload();
        awaitApplication(begin);
        Duration left = settings.drain().minusNanos(nanos.getAsLong() - begin);
        Duration limit = left.isNegative() ? Duration.ZERO : left;
        await(
                "the end of all requests",
                listeners.drain(CompletableFuture.completedFuture(null), limit),
                limit.plus(SLACK));
    }

    private Duration longest() {
        return settings.propagation().plus(settings.drain()).plus(SLACK);
    }

    private synchronized CompletableFuture<Void> endInbound() {
        if (inbound == null) {
            log.info("The workload is withdrawn; its own calls go on.");
            inbound = listeners.drainInbound(propagation(withdrawal.get()), settings.drain());
        }
        return inbound;
    }

    /** Until the others know that this endpoint is gone, requests still come: they are served. */
    private CompletableFuture<Void> propagation(CompletableFuture<Void> known) {
        if (settings.type() != ProxyType.ROUTER && settings.node().served().isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        Duration longest = settings.propagation();
        Duration least = LEAST_PROPAGATION.compareTo(longest) < 0 ? LEAST_PROPAGATION : longest;
        long begin = nanos.getAsLong();
        CompletableFuture<Void> noticed =
                known.thenCompose(_ -> after(AFTERMATH))
                        .completeOnTimeout(null, longest.toMillis(), TimeUnit.MILLISECONDS);
        return CompletableFuture.allOf(noticed, after(least))
                .thenRun(
                        () ->
                                log.info(
                                        "No more requests to the workload are expected."
                                                + " acknowledged={} after={}ms",
                                        known.isDone(),
                                        (nanos.getAsLong() - begin) / 1_000_000));
    }

    private static CompletableFuture<Void> after(Duration time) {
        return new CompletableFuture<Void>()
                .completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    // A port that is closed is not enough: a server closes its port first, and then makes its last
    // calls. A connection to us that is open, even an idle one, is that of a process that lives.
    private void awaitApplication(long begin) {
        Duration grace = settings.applicationGrace();
        boolean told = false;
        while (nanos.getAsLong() - begin < grace.toNanos() && isThere()) {
            if (!told) {
                log.info(
                        "The application is still there: its calls go on until it has gone, for at"
                                + " most {} s.",
                        grace.toSeconds());
                told = true;
            }
            LockSupport.parkNanos(ASKS_AGAIN_NANOS);
        }
    }

    private boolean isThere() {
        return answers(listeners.callsOut()) || answers(application.listens());
    }

    private static boolean answers(CompletableFuture<Boolean> question) {
        try {
            return question.get(SLACK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            log.debug("whether the application is there could not be told", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits, but not for ever: what does not come in time is left behind, and said. */
    static void await(String what, CompletableFuture<Void> done, Duration limit) {
        try {
            done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn("Not waiting any longer for {}. after={}ms", what, limit.toMillis());
        } catch (ExecutionException e) {
            log.warn("Stopping goes on without {}.", what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
