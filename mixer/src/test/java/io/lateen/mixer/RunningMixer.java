package io.lateen.mixer;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.lateen.mixer.grpc.GrpcServer;
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
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The mixer inside the test's process, on free ports. */
public final class RunningMixer implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final ManagedChannel channel;
    private final HttpClient client = HttpClient.newHttpClient();

    private final Path state;

    private RunningMixer(ConfigurableApplicationContext context, Path state) {
        this.context = context;
        this.state = state;
        this.channel =
                NettyChannelBuilder.forAddress("127.0.0.1", bean(GrpcServer.class).port())
                        .usePlaintext()
                        .build();
    }

    /** Starts a mixer on a database, with further settings as command-line arguments. */
    public static RunningMixer on(String databaseUrl, String... settings) {
        return on(databaseUrl, temporary(), settings);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("lateen-mixer-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a mixer with a state folder that is there already. */
    public static RunningMixer on(String databaseUrl, Path state, String... settings) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--database-url=" + databaseUrl);
        arguments.add("--lateen.state-directory=" + state);
        arguments.add("--server.port=0");
        arguments.add("--lateen.grpc-port=0");
        arguments.addAll(List.of(settings));
        if (arguments.stream().noneMatch(each -> each.contains("snapshot-every"))) {
            arguments.add("--lateen.telemetry.snapshot-every=200ms");
        }
        var application = new SpringApplication(MixerConfiguration.class);
        application.setRegisterShutdownHook(false);
        return new RunningMixer(application.run(arguments.toArray(String[]::new)), state);
    }

    /** A bean of the running application. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The port of its gRPC server. */
    public int grpcPort() {
        return bean(GrpcServer.class).port();
    }

    /** A channel to its gRPC server, without TLS. */
    public ManagedChannel channel() {
        return channel;
    }

    /** GETs a path with the administrator's token. */
    public HttpResponse<String> get(String path) {
        try {
            return get(path, Files.readString(state.resolve("admin-token")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** GETs a path with a token. */
    public HttpResponse<String> get(String path, String token) {
        String port = context.getEnvironment().getProperty("local.server.port", "");
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The graph of the last five minutes. */
    public JsonNode graph() {
        return new JsonMapper().readTree(get("/lateen/v1/graph").body());
    }

    @Override
    public void close() {
        channel.shutdownNow();
        client.close();
        context.close();
    }
}
