package io.lateen.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class H2LoadOutputTest {

    @Test
    void readsWhatWasAnsweredAndWhatWasNot() {
        LoadResult result =
                H2LoadOutput.parse(
                        """
                        finished in 2.00s, 12345.50 req/s, 2.30MB/s
                        requests: 24710 total, 24710 started, 24691 done, 24690 succeeded, 1 failed, 1 errored, 0 timeout
                        status codes: 24680 2xx, 0 3xx, 0 4xx, 10 5xx
                        traffic: 4.60MB (4823410) total, 1.20MB (1258291) headers (space savings 85.00%), 2.90MB (3040870) data
                        """);

        assertThat(result.requests()).isEqualTo(24_680);
        assertThat(result.failures()).as("one broken, ten answered 5xx").isEqualTo(11);
        assertThat(result.seconds()).isEqualTo(2.0);
    }

    @Test
    void saysWhatItCannotRead() {
        assertThatThrownBy(() -> H2LoadOutput.parse("connection refused"))
                .hasMessageContaining("connection refused");
    }
}
