package io.lateen.cli.workload;

import io.lateen.cli.client.CommandFailed;
import io.lateen.cli.client.ManagerClient;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The certificate authority of the mesh on this host: by the administrator's token, which is good
 * for each program that shares the state folder, workloads are given join tokens. Thread-safe.
 */
public final class Authority {

    /** Where it takes requests for certificates. */
    public static final int GRPC_PORT = 8060;

    /** Where it serves REST. */
    public static final int REST_PORT = 8061;

    private static final int TIMEOUT_MILLIS = 5_000;

    private final String host;
    private final Path state;

    /** The authority at {@code host}, of the mesh in {@code state}. */
    public Authority(String host, Path state) {
        this.host = host;
        this.state = state;
    }

    /** The authority of the mesh that {@code lateen up} keeps in a folder, if it has one. */
    public static Optional<Authority> in(Path state) throws IOException {
        Path server = state.resolve("server");
        if (!Files.isReadable(rootsIn(state)) || !Files.isReadable(server)) {
            return Optional.empty();
        }
        String host = URI.create(Files.readString(server).strip()).getHost();
        return Optional.ofNullable(host).map(found -> new Authority(found, state));
    }

    /** The host that it shares with the manager. */
    public String host() {
        return host;
    }

    /** Fetches the roots into the state folder. */
    public void keepRoots() throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection)
                        rest().resolve("/lateen/v1/roots").toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try (var body = connection.getInputStream()) {
            SecretFile.write(
                    rootsIn(state), new String(body.readAllBytes(), StandardCharsets.US_ASCII));
        }
    }

    /** How the program {@code name} gets certificates for a service account. */
    public Certificates certificates(String name, String namespace, String serviceAccount) {
        Path file = state.resolve("join-tokens").resolve(name);
        return new Certificates(
                host + ":" + GRPC_PORT,
                rootsIn(state),
                Optional.of(file),
                () -> SecretFile.write(file, draw(namespace, serviceAccount) + "\n"));
    }

    private String draw(String namespace, String serviceAccount) throws IOException {
        String token = Files.readString(state.resolve("admin-token")).strip();
        try {
            return ManagerClient.ofAuthority(rest(), Optional.of(token))
                    .post(
                            "/lateen/v1/tokens",
                            "{\"namespace\":\"%s\",\"serviceAccount\":\"%s\",\"ttl\":\"10m\"}"
                                    .formatted(namespace, serviceAccount),
                            "application/json")
                    .path("token")
                    .asString("");
        } catch (CommandFailed e) {
            throw new IOException("no join token was given: " + e.getMessage(), e);
        }
    }

    private URI rest() {
        return URI.create("http://%s:%d".formatted(host, REST_PORT));
    }

    private static Path rootsIn(Path state) {
        return state.resolve("roots.pem");
    }
}
