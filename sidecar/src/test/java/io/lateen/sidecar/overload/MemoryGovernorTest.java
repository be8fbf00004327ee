package io.lateen.sidecar.overload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryGovernorTest {

    private long heapUsed = 10;
    private long live = 10;
    private long held;
    private long buffers;
    private int collections;

    private final MemoryGovernor governor =
            new MemoryGovernor(
                    new MemoryGovernor.Heap(() -> heapUsed, 100, this::collect),
                    new MemoryGovernor.Direct(() -> held, () -> buffers, 100));

    private void collect() {
        collections++;
        heapUsed = live;
    }

    @Test
    void takesWorkWhileThereIsRoom() {
        heapUsed = 85;
        held = 85;
        buffers = 85;

        governor.sample();

        assertThat(governor.full()).isNull();
        assertThat(collections).isZero();
    }

    @Test
    void garbageIsNoReasonToRefuse() {
        heapUsed = 95;

        governor.sample();

        assertThat(governor.full()).isNull();
        assertThat(collections).isOne();
    }

    @Test
    void refusesWhenTheHeapStaysFullAndTakesWorkAgainWhenThereIsRoom() {
        heapUsed = 95;
        live = 90;
        governor.sample();
        assertThat(governor.full()).contains("heap").contains("nearly full");

        live = 80;
        samples(8);
        assertThat(governor.full()).as("not to and fro").isNotNull();

        live = 70;
        samples(8);
        assertThat(governor.full()).isNull();
    }

    @Test
    void collectsNoMoreOftenThanEveryEighthTime() {
        heapUsed = 95;
        live = 95;

        samples(17);

        assertThat(collections).isEqualTo(3);
    }

    @Test
    void refusesWhenDirectMemoryIsFullOfLiveBuffers() {
        held = 90;
        buffers = 45;
        governor.sample();
        assertThat(governor.full()).as("free inside").isNull();

        buffers = 60;
        governor.sample();
        assertThat(governor.full()).contains("direct memory");

        buffers = 45;
        governor.sample();
        assertThat(governor.full()).as("not to and fro").isNotNull();

        buffers = 30;
        governor.sample();
        assertThat(governor.full()).isNull();
    }

    private void samples(int count) {
        for (int i = 0; i < count; i++) {
            governor.sample();
        }
    }
}
