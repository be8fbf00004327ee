package io.lateen.authca;

import io.lateen.authca.serve.CertificateServer;
import io.lateen.identity.Pem;
import io.lateen.identity.ca.CaSettings;
import io.lateen.identity.ca.CaSettings.JoinToken;
import io.lateen.model.identity.SpiffeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The authority inside the test's process, on free ports. */
final class RunningAuthority implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Path state;

    private RunningAuthority(ConfigurableApplicationContext context, Path state) {
        this.context = context;
        this.state = state;
    }

    /** Starts an authority with a state folder and further settings. */
    static RunningAuthority on(String databaseUrl, Path state, String... settings) {
        return on(Clock.systemUTC(), databaseUrl, state, settings);
    }

    /** Starts an authority that goes by a clock. */
    static RunningAuthority on(Clock clock, String databaseUrl, Path state, String... settings) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--database-url=" + databaseUrl);
        arguments.add("--lateen.state-directory=" + state);
        arguments.add("--server.port=0");
        arguments.add("--lateen.grpc-port=0");
        arguments.addAll(List.of(settings));
        var application = new SpringApplication(AuthCaConfiguration.class);
        application.setRegisterShutdownHook(false);
        application.addInitializers(
                starting ->
                        ((GenericApplicationContext) starting)
                                .registerBean("clock", Clock.class, () -> clock));
        return new RunningAuthority(application.run(arguments.toArray(String[]::new)), state);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    int grpcPort() {
        return bean(CertificateServer.class).port();
    }

    List<X509Certificate> roots() {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(url() + "/lateen/v1/roots")).build());
        try {
            return Pem.certificates(answer.body());
        } catch (CertificateException e) {
            throw new IllegalStateException(answer.body(), e);
        }
    }

    /** A join token's secret. */
    String token(String namespace, String account) {
        return tokenAnswer(namespace, account, "1h").get("token").asString();
    }

    JsonNode tokenAnswer(String namespace, String account, String ttl) {
        HttpResponse<String> answer =
                send(
                        "POST",
                        "/lateen/v1/tokens",
                        "{\"namespace\":\"%s\",\"serviceAccount\":\"%s\",\"ttl\":\"%s\"}"
                                .formatted(namespace, account, ttl));
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(answer.body());
        }
        return JSON.readTree(answer.body());
    }

    /** How a workload with a token reaches this authority. */
    CaSettings settings(Optional<String> token, Optional<SpiffeId> identity) {
        return settings(token, identity, Optional.empty());
    }

    CaSettings settings(
            Optional<String> token, Optional<SpiffeId> identity, Optional<Duration> lifetime) {
        return new CaSettings(
                "127.0.0.1",
                grpcPort(),
                roots(),
                token.map(JoinToken::of).orElse(JoinToken.none()),
                identity,
                lifetime);
    }

    JsonNode get(String path) {
        HttpResponse<String> answer = send("GET", path, "");
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    /** Sends a body with the administrator's token. */
    HttpResponse<String> send(String method, String path, String body) {
        return send(
                HttpRequest.newBuilder(URI.create(url() + path))
                        .header("Authorization", "Bearer " + adminToken())
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    private String adminToken() {
        try {
            return Files.readString(state.resolve("admin-token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }
}
