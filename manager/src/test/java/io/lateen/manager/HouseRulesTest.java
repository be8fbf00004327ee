package io.lateen.manager;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.lateen.manager.publish.Published;
import io.lateen.manager.publish.SnapshotHolder;
import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.testkit.house.HouseRules;
import org.junit.jupiter.api.Test;

/** The house rules, on the control plane. */
final class HouseRulesTest {

    private static final JavaClasses MAIN = HouseRules.mainClassesOf("manager");

    @Test
    void thereAreClassesToCheck() {
        assertThat(MAIN).hasSizeGreaterThan(100);
    }

    @Test
    void packagesAreUnderstoodAlone() {
        HouseRules.checkEveryModule("manager");
    }

    @Test
    void programsMeetOverTheWire() {
        HouseRules.noOtherProgram("manager").check(MAIN);
    }

    @Test
    void snapshotAndTranslationArePure() {
        HouseRules.pure("io.lateen.manager.snapshot..", "io.lateen.manager.translate..")
                .check(MAIN);
    }

    @Test
    void oneTypePublishesSnapshots() {
        HouseRules.heldBy(SnapshotHolder.class, Published.class).check(MAIN);
        HouseRules.heldBy(SnapshotHolder.class, MeshSnapshot.class)
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void envoysMessagesStayAtTheWire() {
        HouseRules.envoyMessagesOnlyIn("io.lateen.manager.translate..", "io.lateen.manager.ads..")
                .check(MAIN);
    }
}
