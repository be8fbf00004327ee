package io.lateen.cli;

import io.lateen.testkit.house.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void holdInTheCommand() {
        HouseRules.checkEveryModule("cli");
        HouseRules.noOtherProgram("cli").check(HouseRules.mainClassesOf("cli"));
        HouseRules.noAmbientSources(Lateen.class.getName()).check(HouseRules.mainClassesOf("cli"));
    }
}
