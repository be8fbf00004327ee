package io.lateen.cli.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process that was started, until it has ended. Safe for use from any thread. */
public final class RunningProcess {

    private final ProcessPlan plan;
    private final Process process;

    RunningProcess(ProcessPlan plan, Process process) {
        this.plan = plan;
        this.process = process;
    }

    /** How it was started. */
    public ProcessPlan plan() {
        return plan;
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it has not ended yet. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code when it ends; 128 + n when signal n ended it. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /**
     * Waits until it ends.
     *
     * @return the exit code; 128 + n when signal n ended it
     */
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    /** Sends {@code signal}, such as {@code TERM} or {@code USR2}. Nothing if it has ended. */
    public void signal(String signal) {
        if (!process.isAlive()) {
            return;
        }
        if (signal.equals("TERM")) {
            process.destroy();
            return;
        }
        try {
            // The shell's own kill: the program of that name is in a package that may be missing.
            new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", signal, Long.toString(pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("cannot send " + signal + " to " + plan.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Sends {@code signal}, waits up to {@code grace}, and kills what has not ended by then.
     *
     * @return whether it ended by itself
     */
    public boolean stop(String signal, Duration grace) {
        signal(signal);
        try {
            if (process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            // Whoever interrupts wants it gone now.
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return false;
    }
}
