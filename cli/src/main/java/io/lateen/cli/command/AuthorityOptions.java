package io.lateen.cli.command;

import io.lateen.cli.client.ManagerClient;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the certificate authority is found: an option, the environment, else beside the manager. */
final class AuthorityOptions {

    private static final int PORT = 8061;

    @Option(
            names = "--ca-server",
            paramLabel = "URL",
            description =
                    "The authority's REST address. Default: LATEEN_CA_SERVER, else port 8061 beside"
                            + " the manager that `lateen up` started, else http://127.0.0.1:8061.")
    private @Nullable String server;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description =
                    "Bearer token. Default: LATEEN_TOKEN, else the one that `lateen up` keeps.")
    private @Nullable String token;

    ManagerClient client(Surroundings surroundings) {
        URI address =
                Optional.ofNullable(server)
                        .or(() -> surroundings.variable("LATEEN_CA_SERVER"))
                        .map(given -> ConnectionOptions.uri("--ca-server", given))
                        .orElseGet(() -> besideTheManager(surroundings));
        return ManagerClient.ofAuthority(
                address, ConnectionOptions.secret(Optional.ofNullable(token), surroundings));
    }

    private static URI besideTheManager(Surroundings surroundings) {
        String host =
                ConnectionOptions.read(surroundings.stateDirectory().resolve("server"))
                        .map(manager -> ConnectionOptions.uri("--server", manager).getHost())
                        .orElse("127.0.0.1");
        return URI.create("http://" + host + ":" + PORT);
    }
}
