package io.lateen.model;

import io.lateen.testkit.house.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void holdInTheModel() {
        HouseRules.checkEveryModule("model");
    }

    @Test
    void keepTimeAndSurroundingsOut() {
        HouseRules.noAmbientSources().check(HouseRules.mainClassesOf("model"));
    }
}
