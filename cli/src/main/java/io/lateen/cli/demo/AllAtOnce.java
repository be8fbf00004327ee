package io.lateen.cli.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Steps that do not wait for each other, each on a virtual thread. */
final class AllAtOnce {

    /** One of the steps. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException, InterruptedException;
    }

    private AllAtOnce() {}

    /** Runs {@code steps} to their ends, and then fails with the first failure, if any. */
    static void run(List<Step> steps) throws IOException, InterruptedException {
        List<Future<?>> results = new ArrayList<>();
        // Closing waits for all; interrupted, it interrupts them.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Step step : steps) {
                results.add(
                        threads.submit(
                                () -> {
                                    step.run();
                                    return true;
                                }));
            }
        }
        for (Future<?> result : results) {
            try {
                result.get();
            } catch (ExecutionException e) {
                Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
                if (cause instanceof InterruptedException) {
                    throw new InterruptedException();
                }
                throw new IOException(String.valueOf(cause.getMessage()), cause);
            }
        }
    }
}
