package io.lateen.testkit.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL server process on a free port of 127.0.0.1, with its data in a folder of its own,
 * which can be stopped and started again with its data and its port kept. As root the binaries run
 * in a user namespace of their own ({@code unshare -U}), because PostgreSQL refuses root.
 *
 * <p>Guarded by itself: the methods are synchronized.
 */
public final class PostgresServer implements AutoCloseable {
    private final Path data;
    private int port;
    private @Nullable EmbeddedPostgres running;

    private PostgresServer(Path data) {
        this.data = data;
    }

    /** Starts a server with an empty cluster; takes about two seconds. */
    public static PostgresServer start() {
        try {
            var server = new PostgresServer(Files.createTempDirectory("lateen-postgres-"));
            server.resume();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "postgres-shutdown"));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("embedded PostgreSQL did not start", e);
        }
    }

    /** Starts the server again after {@link #stop}, on the same port and with the same data. */
    public synchronized void resume() throws IOException {
        if (running != null) {
            return;
        }
        running =
                EmbeddedPostgres.builder()
                        .setDataDirectory(data.resolve("data"))
                        .setCleanDataDirectory(false)
                        .setRegisterShutdownHook(false)
                        .setPGStartupWait(Duration.ofSeconds(30))
                        .setPort(port)
                        // A crash of the machine is not what tests are about; a crash of the
                        // program is, and needs no fsync to be survived.
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "200")
                        .start();
        port = running.getPort();
    }

    /** Stops the server at once: open connections are cut; the data stays. */
    public synchronized void stop() throws IOException {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    /** Creates an empty database and answers its address. */
    public String createDatabase(String name) {
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:postgresql://127.0.0.1:" + port() + "/postgres",
                                "postgres",
                                "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create database \"" + name + "\"");
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name + " could not be created", e);
        }
        return "postgresql://postgres:postgres@127.0.0.1:" + port() + "/" + name;
    }

    /** The port on 127.0.0.1. */
    public synchronized int port() {
        return port;
    }

    /** Stops the server and deletes its data. */
    @Override
    public synchronized void close() {
        try {
            stop();
            if (Files.exists(data)) {
                try (Stream<Path> files = Files.walk(data)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("embedded PostgreSQL did not stop", e);
        }
    }
}
