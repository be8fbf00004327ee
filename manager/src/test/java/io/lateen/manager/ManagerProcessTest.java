package io.lateen.manager;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The manager as a process: killed, and refusing to start. */
@Tag("mesh")
@SuppressWarnings("NullAway.Init") // fields are set by JUnit
final class ManagerProcessTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String PATH =
            "/apis/networking.istio.io/v1/namespaces/default/virtualservices";
    @TempDir Path state;

    @Test
    void losesNoAcknowledgedWriteWhenItIsKilled() throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        try (ManagerProcess manager = start().ready()) {
            String token = token();
            List<Thread> writers = new ArrayList<>();
            for (int w = 0; w < 4; w++) {
                String writer = "w" + w;
                writers.add(
                        Thread.ofVirtual()
                                .start(() -> write(manager, token, writer, acknowledged)));
            }
            eventually(
                    Duration.ofSeconds(60), () -> assertThat(acknowledged).hasSizeGreaterThan(100));

            manager.kill();
            for (Thread writer : writers) {
                writer.join();
            }
        }

        try (ManagerProcess manager = start().ready()) {
            JsonNode list = MAPPER.readTree(manager.send("GET", PATH, token(), "").body());
            Set<String> there =
                    list.path("items")
                            .valueStream()
                            .map(item -> item.at("/metadata/name").asString())
                            .collect(Collectors.toSet());
            assertThat(there).containsAll(acknowledged);
        }
    }

    @Test
    void endsWithOneSentenceWhenTheDatabasesAddressIsWrong() throws Exception {
        try (ManagerProcess manager =
                ManagerProcess.start(state, "--database-url=mysql://localhost/mesh")) {
            assertThat(manager.exitCode()).isEqualTo(1);
            assertThat(manager.output())
                    .contains("lateen-manager: database-url: found the scheme 'mysql'; expected")
                    .doesNotContain("\tat ");
        }
    }

    private ManagerProcess start() {
        return ManagerProcess.start(state, "--database-url=" + DATABASE.url());
    }

    private String token() throws IOException {
        return Files.readString(state.resolve("admin-token")).strip();
    }

    private static String rule(String name) {
        return """
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: %s},
         spec: {hosts: [a], http: [{route: [{destination: {host: a}}]}]}}
        """
                .formatted(name);
    }

    private static void write(
            ManagerProcess manager, String token, String writer, Set<String> acknowledged) {
        try {
            for (int i = 0; ; i++) {
                String name = writer + "-" + i;
                if (manager.send("POST", PATH, token, rule(name)).statusCode() == 201) {
                    acknowledged.add(name);
                }
            }
        } catch (IOException e) {
            // The manager was killed, which ends this writer.
            assertThat(acknowledged).isNotEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
