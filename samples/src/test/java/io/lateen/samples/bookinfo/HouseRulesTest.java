package io.lateen.samples.bookinfo;

import io.lateen.testkit.house.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void holdInTheSamples() {
        HouseRules.checkEveryModule("samples");
        HouseRules.noOtherProgram("samples").check(HouseRules.mainClassesOf("samples"));
        HouseRules.noAmbientSources(Bookinfo.class.getName())
                .check(HouseRules.mainClassesOf("samples"));
    }
}
