package io.lateen.identity;

import io.lateen.testkit.house.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void holdHere() {
        HouseRules.checkEveryModule("identity");
        HouseRules.noOtherProgram("identity").check(HouseRules.mainClassesOf("identity"));
        HouseRules.noAmbientSources().check(HouseRules.mainClassesOf("identity"));
    }
}
