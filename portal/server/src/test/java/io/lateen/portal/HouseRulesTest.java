package io.lateen.portal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.lateen.testkit.house.HouseRules;
import org.junit.jupiter.api.Test;

/** The house rules, on the portal. */
final class HouseRulesTest {

    private static final JavaClasses MAIN = HouseRules.mainClassesOf("portal");

    @Test
    void thereAreClassesToCheck() {
        assertThat(MAIN).hasSizeGreaterThan(100);
    }

    @Test
    void packagesAreUnderstoodAlone() {
        HouseRules.checkEveryModule("portal");
    }

    @Test
    void programsMeetOverTheWire() {
        HouseRules.noOtherProgram("portal").check(MAIN);
    }

    @Test
    void timeAndChanceAreHandedIn() {
        HouseRules.noAmbientSources("io.lateen.portal.PortalConfiguration").check(MAIN);
    }

    @Test
    void speaksRestAlone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "io.envoyproxy..")
                .because("what the portal needs of the mesh stands in REST")
                .check(MAIN);
    }
}
