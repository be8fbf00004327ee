package io.lateen.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.lateen.testkit.house.HouseRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    @Test
    void holdInTheTestkitItself() {
        HouseRules.checkEveryModule("testkit");
    }

    @Test
    void seeAClassThatReadsTheClock() {
        assertThat(AmbientClock.read()).isNotNull();

        assertThatThrownBy(
                        () ->
                                HouseRules.noAmbientSources()
                                        .check(
                                                new ClassFileImporter()
                                                        .importClasses(AmbientClock.class)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("AmbientClock");
    }

    @Test
    void seeAMethodThatWaitsAndOneThatReadsAFile() {
        JavaClasses waiting = new ClassFileImporter().importClasses(Waiting.class);

        assertThatThrownBy(
                        () ->
                                HouseRules.nothingBlocks(Set.of(), "io.lateen.testkit..")
                                        .check(waiting))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("CompletableFuture.join")
                .hasMessageContaining("java.nio.file.Files");
        HouseRules.nothingBlocks(Set.of(HouseRulesTest.class.getName()), "io.lateen.testkit..")
                .allowEmptyShould(true)
                .check(waiting);
    }

    @Test
    void seeASecondHolder() {
        JavaClasses both = new ClassFileImporter().importClasses(First.class, Second.class);

        HouseRules.heldBy(First.class, Waiting.class)
                .check(new ClassFileImporter().importClasses(First.class));
        assertThatThrownBy(() -> HouseRules.heldBy(First.class, Waiting.class).check(both))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Second.last");
    }

    static final class Waiting {

        static String read(CompletableFuture<String> name) throws IOException {
            return Files.readString(Path.of(name.join()));
        }
    }

    static final class First {
        volatile Optional<Waiting> current = Optional.empty();
    }

    static final class Second {
        final AtomicReference<Waiting> last = new AtomicReference<>();
    }

    private static final class AmbientClock {

        static java.time.Instant read() {
            return java.time.Instant.now();
        }
    }
}
