package io.lateen.sidecar.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attack E10: what tenants' expressions may cost. */
class RegexesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v[0-9]{1,3}/.*",
                "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                "(a{10}b{10}){10}",
                "a{1000}",
                "a{100}b{100}c{100}",
                "[{100}{100}{100}]{100}",
                "\\{100\\}\\{100\\}{10}",
                "{a{b{c",
                "(a|b{5,}){20}",
            })
    void usualOnesAreTaken(String regex) {
        assertThat(Regexes.excess(regex)).isNull();
        assertThat(Pattern.compile(regex).programSize()).isLessThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{100}){100}){100}",
                "(a{1000}){2}",
                "(x|(y(z{40})){30}){2}",
                "(((a{1,11}){10,}){11})",
                "a{1001}",
                "([]]{50}){50}",
            })
    void copiesOfCopiesAreNot(String regex) {
        assertThat(Regexes.excess(regex)).contains("expected at most 1000");
    }

    /** In engines that go back, this takes longer than the universe is old. */
    @Test
    void aPathThatHalfMatchesIsReadOnce() {
        Pattern pattern = Pattern.compile("(a+)+(a+)+(a+)+b");

        boolean matches =
                Assertions.assertTimeoutPreemptively(
                        Duration.ofMinutes(1), () -> pattern.matches("a".repeat(60_000)));

        assertThat(matches).isFalse();
    }
}
