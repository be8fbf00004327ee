package io.lateen.cli.command;

import io.lateen.cli.client.CommandFailed;
import io.lateen.cli.client.ManagerClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the manager is found: options first, then the environment, then what {@code up} wrote. */
final class ConnectionOptions {

    private static final String DEFAULT_SERVER = "http://127.0.0.1:7070";

    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "The manager's REST address. Default: LATEEN_SERVER, else what `lateen up`"
                            + " started, else http://127.0.0.1:7070.")
    private @Nullable String server;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "Bearer token. Default: LATEEN_TOKEN, else the one that `lateen up` keeps.")
    private @Nullable String token;

    ManagerClient client(Surroundings surroundings) {
        Path state = surroundings.stateDirectory();
        String address =
                Optional.ofNullable(server)
                        .or(() -> surroundings.variable("LATEEN_SERVER"))
                        .or(() -> read(state.resolve("server")))
                        .orElse(DEFAULT_SERVER);
        return new ManagerClient(
                uri("--server", address), secret(Optional.ofNullable(token), surroundings));
    }

    /** The token: what was given, else the environment's, else what {@code up} keeps. */
    static Optional<String> secret(Optional<String> given, Surroundings surroundings) {
        return given.or(() -> surroundings.variable("LATEEN_TOKEN"))
                .or(() -> read(surroundings.stateDirectory().resolve("admin-token")));
    }

    static URI uri(String option, String address) {
        try {
            URI uri = URI.create(address.contains("://") ? address : "http://" + address);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new CommandFailed(
                "%s: found '%s', expected an address such as %s"
                        .formatted(option, address, DEFAULT_SERVER));
    }

    static Optional<String> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(Files.readString(file).strip())
                    : Optional.empty();
        } catch (AccessDeniedException e) {
            throw new CommandFailed(
                    "%s belongs to another user; give --server and --token".formatted(file));
        } catch (IOException e) {
            throw new CommandFailed("cannot read %s: %s".formatted(file, e.getMessage()));
        }
    }
}
