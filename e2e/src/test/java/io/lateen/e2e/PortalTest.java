package io.lateen.e2e;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The portal of a whole mesh, in the system's Chromium: {@code portal/ui/test/demo} tells the
 * story. {@code LATEEN_PICTURES=docs/pictures} takes the README's pictures on the way.
 */
@Tag("mesh")
@Tag("browser")
class PortalTest {

    private static final Duration UP_WITHIN = Duration.ofMinutes(3);
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Path UI = PROJECT.resolve("portal/ui");

    /** Addresses 127.N.x.y of this test's own; UpTest has those from 230 on. */
    private static final int BLOCK = 226 + (int) (ProcessHandle.current().pid() % 4);

    @TempDir private Path folder;

    private Process up = new ProcessBuilder("true").start();

    PortalTest() throws IOException {}

    @AfterEach
    void stop() throws InterruptedException {
        up.destroy();
        if (!up.waitFor(60, TimeUnit.SECONDS)) {
            up.destroyForcibly();
        }
    }

    @Test
    void tellsItsStoryInABrowser() throws Exception {
        up =
                new ProcessBuilder(
                                PROJECT.resolve("bin/lateen").toString(),
                                "up",
                                "--block",
                                Integer.toString(BLOCK),
                                "--state-directory",
                                folder.resolve("state").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log().toFile())
                        .start();
        eventually(
                UP_WITHIN,
                this::output,
                () -> assertThat(output()).contains("Lateen is up", "Portal "));

        Process story = story();
        String told = new String(story.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(story.waitFor()).as(told).isZero();
        assertThat(told).contains(" passed");
    }

    private Process story() throws IOException {
        ProcessBuilder story =
                new ProcessBuilder("npx", "playwright", "test", "-c", "playwright.demo.config.ts")
                        .directory(UI.toFile())
                        .redirectErrorStream(true);
        story.environment().put("LATEEN_PORTAL", "http://127.%d.0.1:8080".formatted(BLOCK));
        story.environment()
                .put("LATEEN_PAGE", "http://127.%d.0.2:8080/productpage".formatted(BLOCK));
        story.environment()
                .put(
                        "LATEEN_PASSWORD",
                        Files.readString(folder.resolve("state/initial-password")).strip());
        String pictures = System.getenv("LATEEN_PICTURES");
        if (pictures != null) {
            story.environment().put("LATEEN_PICTURES", PROJECT.resolve(pictures).toString());
        }
        return story.start();
    }

    private Path log() {
        return folder.resolve("up.txt");
    }

    private String output() {
        try {
            return Files.exists(log()) ? Files.readString(log()) : "nothing was printed";
        } catch (IOException e) {
            return e.toString();
        }
    }
}
