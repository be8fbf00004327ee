package io.lateen.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

class WrkOutputTest {

    @Test
    void readsRequestsAndTime() {
        LoadResult result =
                WrkOutput.parse(
                        """
                        Running 2s test @ http://127.77.0.11:8080/reviews/1k
                          1 threads and 16 connections
                          Thread Stats   Avg      Stdev     Max   +/- Stdev
                          73442 requests in 2.10s, 92.17MB read
                        Requests/sec:  34972.38
                        """);

        assertThat(result.requests()).isEqualTo(73442);
        assertThat(result.failures()).isZero();
        assertThat(result.seconds()).isEqualTo(2.1);
        assertThat(result.requestsPerSecond()).isCloseTo(34972, offset(1.0));
    }

    @Test
    void countsRefusedAndBrokenRequestsAsFailures() {
        LoadResult result =
                WrkOutput.parse(
                        """
                          1000 requests in 500.00ms, 1.17MB read
                          Socket errors: connect 1, read 2, write 3, timeout 4
                          Non-2xx or 3xx responses: 90
                        """);

        assertThat(result.requests()).isEqualTo(910);
        assertThat(result.failures()).isEqualTo(100);
        assertThat(result.seconds()).isEqualTo(0.5);
    }

    @Test
    void refusesAnOutputThatItDoesNotUnderstand() {
        assertThatThrownBy(() -> WrkOutput.parse("unable to connect to 127.77.0.11:8080"))
                .hasMessageContaining("expected")
                .hasMessageContaining("unable to connect");
    }
}
