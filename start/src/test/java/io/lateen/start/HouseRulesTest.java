package io.lateen.start;

import io.lateen.testkit.house.HouseRules;
import org.junit.jupiter.api.Test;

/** The house rules, on starting. */
final class HouseRulesTest {

    @Test
    void holdInStart() {
        HouseRules.checkEveryModule("start");
        HouseRules.noAmbientSources().check(HouseRules.mainClassesOf("start"));
    }

    @Test
    void knowsNoProgram() {
        HouseRules.noOtherProgram("start").check(HouseRules.mainClassesOf("start"));
    }
}
