package io.lateen.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

    @TempDir private Path folder;

    @Test
    void writesSecretsForTheirOwnerAlone() throws Exception {
        try (StateFolder state = StateFolder.take(folder.resolve("state"))) {
            Files.writeString(folder.resolve("state/kubeconfig"), "open to all");

            Path secret =
                    state.writeSecret("kubeconfig", Kubeconfig.render("127.0.0.1", 7070, "t"));

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
            assertThat(secret).content().contains("server: http://lateen:t@127.0.0.1:7070");
        }
    }

    @Test
    void keepsTheLogsOfTheStartBefore() throws Exception {
        try (StateFolder state = StateFolder.take(folder.resolve("state"))) {
            for (String start : new String[] {"first", "second", "third"}) {
                state.beginLogs();
                Files.createDirectories(state.log("manager").getParent());
                Files.writeString(state.log("manager"), start);
            }

            assertThat(state.log("manager")).hasContent("third");
            assertThat(folder.resolve("state/log.previous/manager.log")).hasContent("second");
        }
    }

    @Test
    void isLetGoAtTheEnd() throws Exception {
        StateFolder.take(folder.resolve("state")).close();

        assertThat(StateFolder.holderOf(folder.resolve("state"))).isNull();
    }

    @Test
    void quotesTheSentenceWithWhichTheManagerRefusesToStart() throws Exception {
        Path log =
                Files.writeString(
                        folder.resolve("log"),
                        """
                        2026-11-22 ERROR 1 --- Error starting Tomcat context
                        lateen-manager: database-url: found the scheme 'mysql'
                        \tat io.lateen.Somewhere
                        """);

        assertThat(LogExcerpt.cause(log)).isEqualTo("database-url: found the scheme 'mysql'");
    }
}
