package io.lateen.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ConstantRateLoadTest {

    private static final Request REQUEST = new Request("/reviews/1k");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void keepsTheRateAndCountsEachAnswerOnce() {
        try (ScriptedServer server = ScriptedServer.answering(200)) {
            LoadResult result =
                    new ConstantRateLoad(500, 4).drive(server.target(), REQUEST, SECOND);

            assertThat(result.requests()).isEqualTo(500);
            assertThat(result.failures()).isZero();
            assertThat(server.requests()).as("500 and one to open each connection").isEqualTo(504);
        }
    }

    @Test
    void countsEveryOtherStatusAsAFailure() {
        try (ScriptedServer server = ScriptedServer.answering(503)) {
            LoadResult result =
                    new ConstantRateLoad(100, 2).drive(server.target(), REQUEST, SECOND);

            assertThat(result.requests()).isZero();
            assertThat(result.failures()).isEqualTo(102);
        }
    }

    @Test
    void aStallIsSeenByEveryRequestThatItDelayed() {
        try (ScriptedServer server = ScriptedServer.stallingOnce(Duration.ofMillis(400))) {
            LoadResult result =
                    new ConstantRateLoad(500, 1).drive(server.target(), REQUEST, SECOND);

            Histogram latency = result.latencyNanos().orElseThrow();
            long slow =
                    latency.getTotalCount()
                            - latency.getCountBetweenValues(0, Duration.ofMillis(100).toNanos());
            assertThat(slow)
                    .as(
                            "about 150 requests came due in the stall's first 300 ms; a closed loop sees 1")
                    .isGreaterThan(120);
        }
    }
}
