package io.lateen.manager.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an age is printed. */
final class TablesTest {
    @ParameterizedTest
    @CsvSource({
        "PT-5S, 0s", "PT0S, 0s", "PT119S, 119s", "PT2M, 2m", "PT3M20S, 3m20s", "PT11M5S, 11m",
        "PT179M, 179m", "PT3H, 3h", "PT3H7M, 3h7m", "PT9H30M, 9h", "P2D, 2d", "P2DT3H, 2d3h",
        "P30D, 30d", "P800D, 2y"
    })
    void printsAnAgeAsKubectlDoes(Duration age, String text) {
        assertThat(Tables.age(age)).isEqualTo(text);
    }
}
