package io.lateen.cli.command;

import io.lateen.cli.output.Console;
import io.lateen.cli.process.Signals;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hears the wish to stop: the first signal interrupts a start or ends the wait, the third kills.
 * Signals come on threads of the JVM's; the rest is called on the thread that starts and stops.
 */
final class StopRequest {

    private static final int PATIENCE = 3;
    private static final int INTERRUPTED = 130;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicInteger times = new AtomicInteger();
    private final Thread starter;
    private final Console console;

    /** A request that interrupts {@code starter}. */
    StopRequest(Thread starter, Console console) {
        this.starter = starter;
        this.console = console;
    }

    /** Takes a signal by its name. */
    void signal(String name) {
        if (!Signals.ends(name)) {
            return;
        }
        int time = times.incrementAndGet();
        if (time == 1) {
            console.print("· stopping");
            starter.interrupt();
            // After the interrupt: whoever waits for this finds all of it done, and no interrupt
            // comes later, when processes are being stopped with patience.
            asked.countDown();
        } else if (time >= PATIENCE) {
            // The kernel then tells the children.
            Runtime.getRuntime().halt(INTERRUPTED);
        }
    }

    /** Waits until a signal has come. */
    void await() {
        boolean done = false;
        while (!done) {
            try {
                asked.await();
                done = true;
            } catch (InterruptedException e) {
                // The signal by its other way; its countDown is on its way too.
                done = asked.getCount() == 0;
            }
        }
    }

    /** From here on no signal interrupts: what stops the mesh waits for it undisturbed. */
    void silence() {
        if (!times.compareAndSet(0, 1)) {
            await();
        }
        // The answer is of no use: interrupted or not, the time for it is over.
        Thread.interrupted();
    }
}
