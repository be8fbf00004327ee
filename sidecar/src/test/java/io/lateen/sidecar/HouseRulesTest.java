package io.lateen.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.lateen.sidecar.plan.LivePlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.testkit.house.HouseRules;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The house rules, on the sidecar. */
final class HouseRulesTest {

    private static final JavaClasses MAIN = HouseRules.mainClassesOf("sidecar");

    @Test
    void thereAreClassesToCheck() {
        assertThat(MAIN).hasSizeGreaterThan(150);
    }

    @Test
    void packagesAreUnderstoodAlone() {
        HouseRules.checkEveryModule("sidecar");
    }

    @Test
    void programsMeetOverTheWireAndThisOneHasNoFramework() {
        HouseRules.noOtherProgram("sidecar").check(MAIN);
        HouseRules.noSpring().check(MAIN);
    }

    @Test
    void envoysMessagesStayAtTheWire() {
        HouseRules.envoyMessagesOnlyIn("io.lateen.sidecar.ads..", "io.lateen.sidecar.plan..")
                .check(MAIN);
    }

    @Test
    void filtersAreReadAlone() {
        HouseRules.siblingsApart("io.lateen.sidecar.filter").check(MAIN);
    }

    @Test
    void exchangesStandOnNothing() {
        HouseRules.knowsOnly(
                        "io.lateen.sidecar.exchange..",
                        "io.lateen.model.identity..",
                        "io.lateen.model.naming..")
                .check(MAIN);
    }

    /** What is configured is bound and closed on the configuration thread, and may wait for it. */
    @Test
    void nothingOnTheRequestPathBlocks() {
        HouseRules.nothingBlocks(
                        Set.of("io.lateen.sidecar.transport.Listeners"),
                        "io.lateen.sidecar.exchange..",
                        "io.lateen.sidecar.filter..",
                        "io.lateen.sidecar.http1..",
                        "io.lateen.sidecar.http2..",
                        "io.lateen.sidecar.route..",
                        "io.lateen.sidecar.tcp..",
                        "io.lateen.sidecar.transport..",
                        "io.lateen.sidecar.upstream..")
                .check(MAIN);
    }

    @Test
    void oneTypePublishesPlans() {
        HouseRules.heldBy(LivePlan.class, Plan.class).check(MAIN);
    }

    @Test
    void timeAndSurroundingsComeFromTheRoot() {
        HouseRules.noAmbientSources("io.lateen.sidecar.Main", "io.lateen.sidecar.Sidecar")
                .check(MAIN);
    }
}
