package io.lateen.model.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.model.document.Node;
import io.lateen.model.resource.Kind;
import io.lateen.testkit.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Documents that others wrote get the answer they should. */
class CorpusDocumentsTest {

    /**
     * Files whose rules are right and need what is not supported yet: by the field that says so.
     */
    private static final Map<String, List<String>> NOT_SUPPORTED_YET =
            Map.of("multicluster/expose-services.yaml", List.of("spec.servers[0].tls.mode"));

    /** Right documents that need what is not supported yet. */
    private static final Set<String> DOCUMENTS_TOO_EARLY =
            Set.of("authz-valid-0", "workloadentry-valid-2");

    private final ResourceCodec codec = new ResourceCodec();

    @Test
    void acceptsAndRefusesWhatIstiosCrdsDo() throws IOException {
        JsonMapper mapper = JsonMapper.builder().build();
        Set<Kind> seen = new HashSet<>();
        Set<String> tooEarly = new TreeSet<>();
        int cases = 0;
        for (Path file : Corpus.files("crd-accept-reject", ".json")) {
            for (JsonNode example : mapper.readTree(Files.readString(file))) {
                JsonNode object = example.path("object");
                var kind =
                        Kind.of(
                                object.path("apiVersion").asString(""),
                                object.path("kind").asString(""));
                if (kind.isEmpty()) {
                    continue;
                }
                cases++;
                seen.add(kind.get());

                Decoded decoded = codec.decode(object);

                String id = example.path("id").asString();
                if (decoded instanceof Decoded.Refused refused && isRightButTooEarly(refused)) {
                    assertThat(example.path("reject").asBoolean()).as(id).isFalse();
                    tooEarly.add(id);
                    continue;
                }
                assertThat(decoded instanceof Decoded.Refused)
                        .as("%s: %s", id, decoded)
                        .isEqualTo(example.path("reject").asBoolean());
                if (decoded instanceof Decoded.Refused refused) {
                    assertThat(refused.violations())
                            .as("one fault was put in, and drags no row of others behind it")
                            .hasSizeBetween(1, 2);
                }
            }
        }
        assertThat(cases).isGreaterThan(20);
        assertThat(seen).contains(Kind.SERVICE_ENTRY, Kind.WORKLOAD_ENTRY, Kind.DESTINATION_RULE);
        assertThat(tooEarly).isEqualTo(DOCUMENTS_TOO_EARLY);
    }

    private static boolean isRightButTooEarly(Decoded.Refused refused) {
        return refused.violations().stream()
                .allMatch(violation -> violation.expected().endsWith("not supported yet"));
    }

    @Test
    void acceptsIstiosSamplesOrNamesWhatIsNotSupportedYet() throws IOException {
        Path samples = Corpus.require("samples");
        Map<String, List<String>> refused = new TreeMap<>();
        List<String> withoutReason = new ArrayList<>();
        int accepted = 0;
        for (Path file : Corpus.files("samples", ".yaml")) {
            for (Object tree : TextDocuments.read(Files.readString(file)).documents()) {
                Node node = new Node("", tree);
                if (Kind.of(node.text("apiVersion"), node.text("kind")).isEmpty()) {
                    continue;
                }
                String name = samples.relativize(file).toString();
                switch (codec.decode(JsonMapper.builder().build().valueToTree(tree))) {
                    case Decoded.Accepted _ -> accepted++;
                    case Decoded.Refused decoded ->
                            decoded.violations()
                                    .forEach(
                                            violation -> {
                                                refused.computeIfAbsent(
                                                                name, _ -> new ArrayList<>())
                                                        .add(violation.path());
                                                if (!violation
                                                        .expected()
                                                        .endsWith("not supported yet")) {
                                                    withoutReason.add(name + ": " + violation);
                                                }
                                            });
                }
            }
        }

        assertThat(withoutReason).as("Istio's samples are right").isEmpty();
        assertThat(accepted).isGreaterThan(30);
        refused.replaceAll((_, paths) -> paths.stream().distinct().toList());
        assertThat(refused).isEqualTo(NOT_SUPPORTED_YET);
    }
}
