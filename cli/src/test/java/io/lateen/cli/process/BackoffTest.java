package io.lateen.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void doublesUpToTenSecondsAndBeginsAnewAfterASteadyRun() {
        Backoff backoff = new Backoff();

        assertThat(
                        IntStream.range(0, 9)
                                .mapToObj(run -> backoff.after(Duration.ofSeconds(1)))
                                .map(Duration::toMillis))
                .containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 10_000L, 10_000L);
        assertThat(backoff.after(Duration.ofMinutes(1))).isEqualTo(Duration.ofMillis(100));
    }
}
