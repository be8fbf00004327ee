package io.lateen.cli.postgres;

import io.lateen.cli.process.KeptAlive;
import io.lateen.cli.process.ProcessPlan;
import io.lateen.cli.process.Spawner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A PostgreSQL server on 127.0.0.1, with its data below a folder. Started and stopped by one
 * thread.
 */
public final class PostgresServer {

    private static final String USER = "lateen";
    private static final String DATABASE = "lateen";
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final int PASSWORD_BYTES = 24;

    /** Ends sessions and writes everything down; SIGTERM would wait for the sessions to end. */
    private static final String FAST_SHUTDOWN = "INT";

    private final Path state;
    private final Path log;
    private final int port;
    private final KeptAlive process;
    private final String password;

    private PostgresServer(Path state, Path log, int port, KeptAlive process, String password) {
        this.state = state;
        this.log = log;
        this.port = port;
        this.process = process;
        this.password = password;
    }

    /**
     * Prepares a server: unpacks it, makes an empty cluster where there is none, and ends one that
     * a killed start has left.
     *
     * @param state its folder
     * @param port on 127.0.0.1
     * @param report told when it crashed and is started again
     */
    public static PostgresServer prepare(
            Path state, int port, Path log, Spawner spawner, Consumer<String> report)
            throws IOException, InterruptedException {
        Files.createDirectories(state);
        Path binaries = PostgresBinaries.unpack(state);
        Unprivileged unprivileged = Unprivileged.find(binaries);
        Path data = state.resolve("data");
        Path passwordFile = state.resolve("password");
        if (!Files.exists(data)) {
            new Cluster(state, binaries, unprivileged, log).create(data, password(passwordFile));
        }
        unprivileged.giveAccess(data);
        new PostmasterFile(data).endLeftover(GRACE);
        ProcessPlan plan =
                new ProcessPlan(
                        "postgres",
                        unprivileged.command(command(binaries, data, port)),
                        Map.of("LC_ALL", "C"),
                        Optional.of(log),
                        FAST_SHUTDOWN);
        return new PostgresServer(
                state,
                log,
                port,
                new KeptAlive(spawner, plan, report),
                Files.readString(passwordFile).strip());
    }

    private static List<String> command(Path binaries, Path data, int port) {
        return List.of(
                binaries.resolve("bin/postgres").toString(),
                "-D",
                data.toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "port=" + port,
                "-c",
                "unix_socket_directories=",
                "-c",
                "shared_buffers=32MB",
                "-c",
                "max_connections=100",
                // Nothing here is large enough to be worth the workers' memory.
                "-c",
                "max_parallel_workers=0");
    }

    private static String password(Path file) throws IOException {
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password, StandardCharsets.US_ASCII);
        return password;
    }

    /**
     * Starts it and waits until it takes connections.
     *
     * @throws IOException with the end of its log when it does not
     */
    public void start() throws IOException, InterruptedException {
        var running = process.start();
        PostmasterFile file = new PostmasterFile(state.resolve("data"));
        long end = System.nanoTime() + READY_WITHIN.toNanos();
        while (!file.isReady(running.pid())) {
            if (!running.isAlive() || System.nanoTime() - end >= 0) {
                stop();
                throw new IOException(
                        "PostgreSQL does not start; its log ends with: " + lastLine(log));
            }
            Thread.sleep(Duration.ofMillis(20));
        }
        process.keepAlive();
    }

    /** Its address, with the password. */
    public String url() {
        return "postgresql://%s:%s@127.0.0.1:%d/%s".formatted(USER, password, port, DATABASE);
    }

    /** Stops it; all that was committed is on disk. */
    public void stop() {
        process.stop(FAST_SHUTDOWN, GRACE);
    }

    static String lastLine(Path log) throws IOException {
        return Files.exists(log)
                ? Files.readAllLines(log).reversed().stream()
                        .filter(line -> !line.isBlank())
                        .findFirst()
                        .orElse("(empty)")
                : "(empty)";
    }

    /** Makes an empty cluster. */
    private record Cluster(Path state, Path binaries, Unprivileged unprivileged, Path log) {

        void create(Path data, String password) throws IOException, InterruptedException {
            Path partial = state.resolve("data.partial");
            PostgresBinaries.deleteTree(partial);
            Files.createDirectories(partial);
            Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwx------"));
            unprivileged.giveAccess(partial);
            run(
                    password,
                    "initdb",
                    "--pgdata=" + partial,
                    "--username=" + USER,
                    "--pwfile=/dev/stdin",
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C");
            run(
                    "create database " + DATABASE,
                    "postgres",
                    "--single",
                    "-D",
                    partial.toString(),
                    "postgres");
            Files.move(partial, data, StandardCopyOption.ATOMIC_MOVE);
        }

        private void run(String input, String program, String... arguments)
                throws IOException, InterruptedException {
            List<String> command = new java.util.ArrayList<>();
            command.add(binaries.resolve("bin").resolve(program).toString());
            command.addAll(List.of(arguments));
            Files.createDirectories(log.toAbsolutePath().getParent());
            ProcessBuilder builder =
                    new ProcessBuilder(unprivileged.command(command))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            try (var stream = process.getOutputStream()) {
                stream.write((input + "\n").getBytes(StandardCharsets.UTF_8));
            }
            if (process.waitFor() != 0) {
                throw new IOException(
                        "%s failed; its log %s ends with: %s"
                                .formatted(program, log, lastLine(log)));
            }
        }
    }
}
