package io.lateen.cli.process;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process that is started again when it ends without having been told to, after a pause that
 * grows while it keeps ending. One virtual thread watches it. Methods may be called from any
 * thread.
 */
public final class KeptAlive {

    private static final Duration PREPARES_AGAIN = Duration.ofMillis(500);

    private final Spawner spawner;
    private final ProcessPlan plan;
    private final Consumer<String> report;
    private final Preparation preparation;
    private final Backoff backoff = new Backoff();

    /** Written by the watching thread and by {@link #start}; read by all; guarded by this. */
    private @Nullable RunningProcess current;

    private boolean stopping;

    /**
     * A process not started yet.
     *
     * @param report told in a sentence when it ended and is started again
     */
    public KeptAlive(Spawner spawner, ProcessPlan plan, Consumer<String> report) {
        this(spawner, plan, report, Preparation.NONE);
    }

    /**
     * A process not started yet.
     *
     * @param report told in a sentence when it ended and is started again
     * @param preparation done before each start
     */
    public KeptAlive(
            Spawner spawner, ProcessPlan plan, Consumer<String> report, Preparation preparation) {
        this.spawner = spawner;
        this.plan = plan;
        this.report = report;
        this.preparation = preparation;
    }

    /** What a process needs before each start, the first and all later ones. */
    @FunctionalInterface
    public interface Preparation {
        /** It needs nothing. */
        Preparation NONE = () -> {};

        /** Does it. A later start is tried again when this fails. */
        void run() throws IOException;
    }

    /**
     * Starts it. It is not watched yet: a program that ends before it was ready has something to
     * say, and would say the same again.
     */
    public RunningProcess start() throws IOException {
        preparation.run();
        return spawn();
    }

    /** Watches over it from now on. */
    public synchronized void keepAlive() {
        if (current == null) {
            throw new IllegalStateException(plan.name() + " has not been started");
        }
        RunningProcess first = current;
        Thread.ofVirtual().name("watch " + plan.name()).start(() -> watch(first));
    }

    private synchronized RunningProcess spawn() throws IOException {
        if (stopping) {
            throw new IOException(plan.name() + " is being stopped");
        }
        RunningProcess process = spawner.start(plan);
        current = process;
        return process;
    }

    private void watch(RunningProcess first) {
        RunningProcess process = first;
        try {
            while (true) {
                long started = System.nanoTime();
                int code = process.waitFor();
                Duration pause = backoff.after(Duration.ofNanos(System.nanoTime() - started));
                if (isStopping()) {
                    return;
                }
                report.accept(
                        "%s ended with %d; starting it again in %d ms%s"
                                .formatted(
                                        plan.name(),
                                        code,
                                        pause.toMillis(),
                                        plan.log().map(log -> " (see " + log + ")").orElse("")));
                if (isStoppingWithin(pause) || !isPrepared()) {
                    return;
                }
                process = spawn();
            }
        } catch (IOException e) {
            report.accept(plan.name() + " stays down: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Prepares until that works; false if the process is to stay down meanwhile. */
    private boolean isPrepared() throws InterruptedException {
        boolean told = false;
        while (true) {
            try {
                preparation.run();
                return true;
            } catch (IOException e) {
                if (!told) {
                    report.accept(
                            "%s waits for what it needs: %s"
                                    .formatted(plan.name(), e.getMessage()));
                    told = true;
                }
                if (isStoppingWithin(PREPARES_AGAIN)) {
                    return false;
                }
            }
        }
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized boolean isStoppingWithin(Duration pause) throws InterruptedException {
        long end = System.nanoTime() + pause.toNanos();
        while (!stopping) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    /** Whether it runs at this moment. */
    public synchronized boolean isAlive() {
        return current != null && current.isAlive();
    }

    /** Stops it for good, with {@code signal}; kills it after {@code grace}. */
    public void stop(String signal, Duration grace) {
        RunningProcess process;
        synchronized (this) {
            stopping = true;
            notifyAll();
            process = current;
        }
        if (process != null) {
            process.stop(signal, grace);
        }
    }
}
