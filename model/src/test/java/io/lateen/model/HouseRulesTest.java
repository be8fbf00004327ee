package io.lateen.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import io.lateen.testkit.house.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void holdInTheModel() {
        HouseRules.checkEveryModule("model");
    }

    @Test
    void keepJacksonAndYamlInTheCodec() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.lateen.model.codec")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "com.fasterxml..", "org.snakeyaml..")
                .because("what a resource is does not depend on how it is written")
                .check(HouseRules.mainClassesOf("model"));
    }

    @Test
    void keepTimeAndSurroundingsOut() {
        HouseRules.noAmbientSources().check(HouseRules.mainClassesOf("model"));
    }
}
