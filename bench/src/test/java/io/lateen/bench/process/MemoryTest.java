package io.lateen.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryTest {

    @Test
    void whatAProcessSharesIsPartOfWhatIsResident() {
        Memory memory = Memory.of(ProcessHandle.current().pid());

        assertThat(memory.own()).isPositive();
        assertThat(memory.proportional()).isGreaterThanOrEqualTo(memory.own());
        assertThat(memory.resident()).isGreaterThanOrEqualTo(memory.proportional());
    }

    @Test
    void twoAreHalfOfTheirSumEach() {
        Memory memory = new Memory(10, 8, 6).and(new Memory(20, 12, 8)).dividedBy(2);

        assertThat(memory).isEqualTo(new Memory(15, 10, 7));
    }
}
