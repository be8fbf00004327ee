package io.lateen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.e2e.fixture.Changes;
import io.lateen.e2e.fixture.Echo;
import io.lateen.e2e.fixture.Mesh;
import io.lateen.e2e.fixture.OnTheMesh;
import io.lateen.e2e.fixture.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The end of a change is visible where it began. */
@OnTheMesh
class ApplyTest {

    @Test
    void applyWithWaitReturnsWhenTheRuleIsInForceAndSaysWhere(Mesh mesh) throws Exception {
        mesh.apply(Changes.SUBSETS);
        Path file =
                Files.writeString(
                        mesh.ground().folder("apply").resolve("echo.yaml"), Changes.number(3));

        String output = lateen(mesh, "apply", "--wait", "-f", file.toString());

        try (Wire wire = mesh.caller().outbound()) {
            assertThat(Changes.number(wire.get(Echo.HOST, "/")))
                    .as("at once, without waiting: the command has waited")
                    .isEqualTo(3);
        }
        int sidecars = mesh.sidecars().size() + 1;
        assertThat(output).contains("in force on %d of %d sidecars".formatted(sidecars, sidecars));
    }

    private static String lateen(Mesh mesh, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(mesh.ground().root().resolve("bin/lateen").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LATEEN_SERVER", mesh.manager().url());
        builder.environment().put("LATEEN_TOKEN", mesh.manager().token());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
