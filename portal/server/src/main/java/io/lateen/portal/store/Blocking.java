package io.lateen.portal.store;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Where filters run what blocks: a virtual thread each. Bounded by what they wait for: the pool's
 * connections, the hasher's permits.
 */
public final class Blocking implements AutoCloseable {
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("blocking-", 0).factory());
    private final Scheduler scheduler = Schedulers.fromExecutorService(threads, "blocking");

    /** Runs {@code call} on a virtual thread. */
    public <T> Mono<T> call(Callable<T> call) {
        return Mono.fromCallable(call).subscribeOn(scheduler);
    }

    /** Runs {@code action} on a virtual thread. */
    public Mono<Void> run(Runnable action) {
        return Mono.<Void>fromRunnable(action).subscribeOn(scheduler);
    }

    @Override
    public void close() {
        scheduler.dispose();
        threads.shutdownNow();
    }
}
