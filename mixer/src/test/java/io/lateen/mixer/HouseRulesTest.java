package io.lateen.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.lateen.testkit.house.HouseRules;
import org.junit.jupiter.api.Test;

/** The house rules, on the mixer. */
final class HouseRulesTest {

    private static final JavaClasses MAIN = HouseRules.mainClassesOf("mixer");

    @Test
    void thereAreClassesToCheck() {
        assertThat(MAIN).hasSizeGreaterThan(30);
    }

    @Test
    void packagesAreUnderstoodAlone() {
        HouseRules.checkEveryModule("mixer");
    }

    @Test
    void programsMeetOverTheWire() {
        HouseRules.noOtherProgram("mixer").check(MAIN);
    }

    @Test
    void whatIsCountedAndDrawnIsPure() {
        HouseRules.pure("io.lateen.mixer.report..").check(MAIN);
    }

    @Test
    void envoysMessagesStayAtTheWire() {
        HouseRules.envoyMessagesOnlyIn("io.lateen.mixer.grpc..").check(MAIN);
    }
}
