package io.lateen.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {

    @Test
    void seesAtLeastWhatThisThreadSpent() {
        List<Long> thisProcess = List.of(ProcessHandle.current().pid());
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();

        ProcessorTime before = ProcessorTime.of(thisProcess);
        long own = threads.getCurrentThreadCpuTime();
        while (threads.getCurrentThreadCpuTime() - own < TimeUnit.MILLISECONDS.toNanos(50)) {
            Thread.onSpinWait();
        }
        long spent = ProcessorTime.of(thisProcess).nanosSince(before);

        assertThat(spent)
                .as("the kernel adds to a running thread's figure at each tick")
                .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(40));
    }

    @Test
    void isNothingBetweenTheSameTwoReadings() {
        ProcessorTime once = ProcessorTime.of(List.of(ProcessHandle.current().pid()));

        assertThat(once.nanosSince(once)).isZero();
    }
}
