package io.lateen.manager.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.manager.RunningManager;
import io.lateen.model.codec.MalformedText;
import io.lateen.model.codec.ResourceCodec;
import io.lateen.model.resource.Kind;
import io.lateen.testkit.corpus.Corpus;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Documents that others wrote, sent through REST as a client sends them. */
@SuppressWarnings("NullAway.Init") // fields are set by JUnit
final class CorpusTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    static RunningManager manager;

    @BeforeAll
    static void start() {
        manager = RunningManager.on(DATABASE.url());
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @Test
    void acceptsAndRefusesAsTheCasesSay() throws IOException {
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (Path file : Corpus.files("crd-accept-reject", ".json")) {
            for (JsonNode entry : MAPPER.readTree(Files.readString(file))) {
                JsonNode document = entry.path("object");
                if (kind(document).isEmpty()) {
                    continue;
                }
                count++;
                boolean rejected = entry.path("reject").asBoolean();
                HttpResponse<String> answer = post(document);
                if (!rejected && isTooEarly(answer)) {
                    continue;
                }
                if (rejected != (answer.statusCode() == 422)
                        || (!rejected && answer.statusCode() != 201)) {
                    wrong.add(
                            file.getFileName()
                                    + " "
                                    + name(document)
                                    + ": expected "
                                    + (rejected ? "422" : "201")
                                    + ", found "
                                    + answer.statusCode()
                                    + " "
                                    + answer.body());
                }
            }
        }

        assertThat(count).as("documents of our kinds").isGreaterThan(20);
        assertThat(wrong).isEmpty();
    }

    @Test
    void answersEverySampleOrSaysWhatIsNotSupported() throws IOException, MalformedText {
        var codec = new ResourceCodec();
        List<String> wrong = new ArrayList<>();
        int accepted = 0;
        for (Path file : Corpus.files("samples", ".yaml")) {
            List<JsonNode> documents;
            try {
                documents = codec.split(Files.readString(file));
            } catch (MalformedText template) {
                continue; // a Helm template among them is no YAML
            }
            for (JsonNode document : documents) {
                if (kind(document).isEmpty()) {
                    continue;
                }
                HttpResponse<String> answer = post(document);
                boolean explained =
                        answer.statusCode() == 422
                                && answer.body().contains("expected")
                                && answer.body().contains("found");
                if (answer.statusCode() == 201) {
                    accepted++;
                } else if (!explained) {
                    wrong.add(file + " " + name(document) + ": " + answer.body());
                }
            }
        }

        assertThat(accepted).as("samples accepted").isGreaterThan(30);
        assertThat(wrong).isEmpty();
    }

    @Test
    void acceptsEverySampleOfTheBookinfoRules() throws IOException, MalformedText {
        var codec = new ResourceCodec();
        List<String> refused = new ArrayList<>();
        int count = 0;
        for (Path file : Corpus.files("samples/bookinfo/networking", ".yaml")) {
            for (JsonNode document : codec.split(Files.readString(file))) {
                if (kind(document).isEmpty()) {
                    continue;
                }
                count++;
                HttpResponse<String> answer = post(document);
                if (answer.statusCode() != 201) {
                    refused.add(file.getFileName() + ": " + answer.body());
                }
            }
        }

        assertThat(count).isGreaterThan(20);
        assertThat(refused)
                .as("those that need TLS between services or to the outside come later")
                .allMatch(answer -> answer.contains("tls") || answer.contains("credentialName"));
    }

    /** Whether a document is right and needs what is not supported yet, and nothing else. */
    private static boolean isTooEarly(HttpResponse<String> answer) {
        if (answer.statusCode() != 422) {
            return false;
        }
        JsonNode causes = MAPPER.readTree(answer.body()).at("/details/causes");
        return !causes.isEmpty()
                && causes.valueStream()
                        .allMatch(
                                cause ->
                                        cause.path("message")
                                                .asString("")
                                                .contains(" not supported yet"));
    }

    /** Sends a document under a name that is free, in the version that it says. */
    private static HttpResponse<String> post(JsonNode document) {
        Kind kind = kind(document).orElseThrow();
        String namespace = "default";
        ObjectNode copy = (ObjectNode) document.deepCopy();
        ObjectNode metadata = copy.withObject("/metadata");
        metadata.remove("namespace");
        String path =
                "/apis/"
                        + copy.path("apiVersion").asString()
                        + "/namespaces/"
                        + namespace
                        + "/"
                        + kind.plural();
        if (metadata.has("name")) {
            manager.send(
                    "DELETE",
                    path + "/" + metadata.path("name").asString(),
                    "application/json",
                    "");
        }
        return manager.send("POST", path, "application/json", copy.toString());
    }

    private static Optional<Kind> kind(JsonNode document) {
        return Kind.of(
                document.path("apiVersion").asString(""), document.path("kind").asString(""));
    }

    private static String name(JsonNode document) {
        return document.path("kind").asString("")
                + " "
                + document.at("/metadata/name").asString("");
    }
}
