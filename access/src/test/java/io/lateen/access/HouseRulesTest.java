package io.lateen.access;

import io.lateen.testkit.house.HouseRules;
import org.junit.jupiter.api.Test;

/** The house rules, on access. */
final class HouseRulesTest {

    @Test
    void holdInAccess() {
        HouseRules.checkEveryModule("access");
        HouseRules.noAmbientSources().check(HouseRules.mainClassesOf("access"));
    }

    @Test
    void knowsNoProgram() {
        HouseRules.noOtherProgram("access").check(HouseRules.mainClassesOf("access"));
    }
}
