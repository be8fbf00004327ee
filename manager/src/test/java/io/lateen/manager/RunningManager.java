package io.lateen.manager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The manager inside the test's process, on free ports, with a state folder of its own. */
public final class RunningManager implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Path state;

    private RunningManager(ConfigurableApplicationContext context, Path state) {
        this.context = context;
        this.state = state;
    }

    /** Starts a manager on a database, with further settings as command-line arguments. */
    public static RunningManager on(String databaseUrl, String... settings) {
        try {
            return on(databaseUrl, Files.createTempDirectory("lateen-manager-"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a manager with a state folder that is there already. */
    public static RunningManager on(String databaseUrl, Path state, String... settings) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--database-url=" + databaseUrl);
        arguments.add("--lateen.state-directory=" + state);
        arguments.add("--server.port=0");
        arguments.add("--management.server.port=0");
        arguments.add("--lateen.xds-port=0");
        arguments.addAll(List.of(settings));
        var application = new SpringApplication(ManagerConfiguration.class);
        application.setRegisterShutdownHook(false);
        return new RunningManager(application.run(arguments.toArray(String[]::new)), state);
    }

    /** A bean of the running application. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The administrator's token. */
    public String token() {
        try {
            return Files.readString(state.resolve("admin-token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of REST. */
    public String url() {
        return "http://127.0.0.1:" + port("local.server.port");
    }

    /** The address of health and metrics. */
    public String managementUrl() {
        return "http://127.0.0.1:" + port("local.management.port");
    }

    /** A request to a path, with the administrator's token. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path))
                .header("Authorization", "Bearer " + token());
    }

    /** GETs a path as JSON. */
    public HttpResponse<String> get(String path) {
        return send(request(path).build());
    }

    /** Sends a body to a path. */
    public HttpResponse<String> send(String method, String path, String type, String body) {
        return send(
                request(path)
                        .header("Content-Type", type)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    /** Opens a stream of lines at a path; closing it ends the request. */
    public Stream<String> lines(String path) {
        try {
            HttpResponse<Stream<String>> answer =
                    client.send(request(path).build(), HttpResponse.BodyHandlers.ofLines());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        "found status "
                                + answer.statusCode()
                                + ": "
                                + answer.body().collect(Collectors.joining("\n")));
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a request and reads the answer whole. */
    public HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }

    private String port(String name) {
        @Nullable String port = context.getEnvironment().getProperty(name);
        if (port == null) {
            throw new IllegalStateException(name + " is not known yet");
        }
        return port;
    }
}
