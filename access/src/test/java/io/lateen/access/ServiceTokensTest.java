package io.lateen.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lateen.testkit.clock.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of programs, in files. */
final class ServiceTokensTest {
    private static final String TOKEN = "0123456789012345678901234567890123456789";

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T12:00:00Z"));
    private final Path folder;

    ServiceTokensTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aFilesNameSaysWhoAndWhat() throws IOException {
        Files.writeString(folder.resolve("lateen-mixer.viewer"), TOKEN + "\n");

        var tokens = new ServiceTokens(folder, clock);

        assertThat(tokens.recognise(TOKEN)).contains(new Caller("lateen-mixer", Role.VIEWER));
        assertThat(tokens.recognise("lateen-mixer.viewer")).isEmpty();
    }

    @Test
    void filesComeAndGoWhileItRuns() throws IOException {
        var tokens = new ServiceTokens(folder, clock);
        assertThat(tokens.recognise(TOKEN)).isEmpty();

        Files.writeString(folder.resolve("mixer.operator"), TOKEN);
        clock.advance(Duration.ofSeconds(2));
        assertThat(tokens.recognise(TOKEN)).contains(new Caller("mixer", Role.OPERATOR));

        Files.delete(folder.resolve("mixer.operator"));
        clock.advance(Duration.ofSeconds(2));
        assertThat(tokens.recognise(TOKEN)).isEmpty();
    }

    @Test
    void refusesToStartWithFilesThatSayNothingNamingEach() throws IOException {
        Files.writeString(folder.resolve("mixer.root"), TOKEN);
        Files.writeString(folder.resolve("viewer"), TOKEN);
        Files.writeString(folder.resolve("short.viewer"), "guess me");
        Files.writeString(folder.resolve(".hidden"), "not looked at");

        assertThatThrownBy(() -> new ServiceTokens(folder, clock))
                .hasMessageContaining("mixer.root")
                .hasMessageContaining("/viewer: expected a name")
                .hasMessageContaining("short.viewer: found a token of 8 characters")
                .hasMessageNotContaining("hidden")
                .hasMessageNotContaining("guess me");
    }

    @Test
    void aFileThatTurnsBadIsRefusedAloneLater() throws IOException {
        Files.writeString(folder.resolve("mixer.viewer"), TOKEN);
        var tokens = new ServiceTokens(folder, clock);
        Files.writeString(folder.resolve("other.viewer"), "short");
        clock.advance(Duration.ofSeconds(2));

        assertThat(tokens.recognise(TOKEN)).isPresent();
        assertThat(tokens.recognise("short")).isEmpty();
    }
}
