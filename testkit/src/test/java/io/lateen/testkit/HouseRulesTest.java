package io.lateen.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.lateen.testkit.house.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void holdInTheTestkitItself() {
        HouseRules.checkEveryModule("testkit");
    }

    @Test
    void seeAClassThatReadsTheClock() {
        assertThat(AmbientClock.read()).isNotNull();

        assertThatThrownBy(
                        () ->
                                HouseRules.noAmbientSources()
                                        .check(
                                                new ClassFileImporter()
                                                        .importClasses(AmbientClock.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("AmbientClock");
    }

    private static final class AmbientClock {

        static java.time.Instant read() {
            return java.time.Instant.now();
        }
    }
}
