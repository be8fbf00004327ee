package io.lateen.authca;

import io.lateen.testkit.house.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void holdInTheAuthority() {
        HouseRules.checkEveryModule("authca");
        HouseRules.noOtherProgram("authca").check(HouseRules.mainClassesOf("authca"));
        HouseRules.noAmbientSources().check(HouseRules.mainClassesOf("authca"));
    }
}
