package io.lateen.cli.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.cli.process.ProcessLedger;
import io.lateen.cli.process.Spawner;
import io.lateen.testkit.net.LoopbackAddresses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("mesh")
class PostgresServerTest {

    private final int port = LoopbackAddresses.freePort("127.0.0.1");

    @TempDir private Path folder;

    @Test
    void keepsItsDataBetweenStartsAndClearsAwayWhatAKilledStartLeft() throws Exception {
        PostgresServer first = start();
        query(first, "create table kept as select 42 as answer", false);
        first.stop();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password())))
                .isEqualTo("rw-------");
        Process left = startedByHand();

        PostgresServer second = start();

        assertThat(left.waitFor(1, TimeUnit.SECONDS)).as("the one that was left").isTrue();
        assertThat(query(second, "select answer from kept", true)).isEqualTo(42);
        second.stop();
    }

    @Test
    void isNotMistakenAboutAProcessThatOnlyHasTheIdOfAnOldServer() throws Exception {
        start().stop();
        Files.writeString(
                folder.resolve("state/data/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder.resolve("state/data") + "\n");

        PostgresServer server = start();

        assertThat(query(server, "select 7", true)).isEqualTo(7);
        server.stop();
    }

    private PostgresServer start() throws IOException, InterruptedException {
        PostgresServer server =
                PostgresServer.prepare(
                        folder.resolve("state"),
                        port,
                        folder.resolve("log/postgres.log"),
                        new Spawner(new ProcessLedger(folder.resolve("processes"))),
                        report -> {});
        server.start();
        return server;
    }

    private Path password() {
        return folder.resolve("state/password");
    }

    private Process startedByHand() throws IOException, InterruptedException {
        Path binaries = folder.resolve("state/binaries");
        Path data = folder.resolve("state/data");
        Process process =
                new ProcessBuilder(
                                Unprivileged.find(binaries)
                                        .command(
                                                List.of(
                                                        binaries.resolve("bin/postgres").toString(),
                                                        "-D",
                                                        data.toString(),
                                                        "-p",
                                                        Integer.toString(port),
                                                        "-c",
                                                        "unix_socket_directories=")))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("by-hand.log").toFile())
                        .start();
        io.lateen.testkit.wait.Eventually.eventually(
                Duration.ofSeconds(30),
                () -> assertThat(new PostmasterFile(data).isReady(process.pid())).isTrue());
        return process;
    }

    private static int query(PostgresServer server, String sql, boolean answers)
            throws SQLException {
        // postgresql://user:password@host/database, as the manager takes it.
        URI url = URI.create(server.url());
        String[] who = url.getUserInfo().split(":", 2);
        String jdbc =
                "jdbc:postgresql://%s:%d%s".formatted(url.getHost(), url.getPort(), url.getPath());
        try (Connection connection = DriverManager.getConnection(jdbc, who[0], who[1]);
                Statement statement = connection.createStatement()) {
            if (!answers) {
                return statement.executeUpdate(sql);
            }
            try (ResultSet result = statement.executeQuery(sql)) {
                assertThat(result.next()).isTrue();
                return result.getInt(1);
            }
        }
    }
}
