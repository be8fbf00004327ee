package io.lateen.cli.workload;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Stands in for the sidecar's program: says on 15021 that it is ready, and writes down in its state
 * folder when it started, was told to drain, and to stop. With the label {@code ready=never} it
 * never is ready; with {@code requests=endless} it is never drained.
 */
public final class StandInSidecar {

    private static final String TOKEN = "a-token";

    private StandInSidecar() {}

    /** Runs until told to stop. */
    public static void main(String[] arguments) throws IOException {
        List<String> all = List.of(arguments);
        Path events =
                Files.createDirectories(Path.of(after(all, "--state-directory"))).resolve("events");
        // Before it says that it started: whoever reads that may stop it at once.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> write(events, "stopped")));
        Files.writeString(events.resolveSibling("admin-token"), TOKEN);
        write(events, "started " + ProcessHandle.current().pid());
        int status = after(all, "--labels").contains("ready=never") ? 503 : 200;
        HttpServer server =
                HttpServer.create(new InetSocketAddress(after(all, "--address"), 15021), 0);
        server.createContext(
                "/healthz/ready",
                exchange -> {
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        server.start();
        admin(all, events);
    }

    private static void admin(List<String> all, Path events) throws IOException {
        boolean drains = !after(all, "--labels").contains("requests=endless");
        HttpServer server =
                HttpServer.create(new InetSocketAddress(after(all, "--address"), 15000), 0);
        server.createContext(
                "/drain_listeners",
                exchange -> {
                    boolean asked = exchange.getRequestMethod().equals("POST");
                    String shown = exchange.getRequestHeaders().getFirst("Authorization");
                    if (asked && !("Bearer " + TOKEN).equals(shown)) {
                        exchange.sendResponseHeaders(401, -1);
                        exchange.close();
                        return;
                    }
                    if (asked) {
                        write(events, "drains " + exchange.getRequestURI().getQuery());
                    }
                    byte[] body =
                            (asked ? "OK\n" : drains ? "DRAINED\n" : "DRAINING\n")
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    private static String after(List<String> arguments, String flag) {
        return arguments.get(arguments.indexOf(flag) + 1);
    }

    private static void write(Path events, String line) {
        try {
            Files.writeString(
                    events, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
