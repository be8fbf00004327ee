package io.lateen.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.model.document.Node;
import io.lateen.model.resource.Kind;
import io.lateen.testkit.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Our schemas say what Istio's CRDs say: the same fields, types, words, ranges and duties. */
class CrdSchemaTest {

    private static final List<String> COMPARED =
            List.of(
                    "type",
                    "format",
                    "enum",
                    "required",
                    "minimum",
                    "maximum",
                    "maxLength",
                    "minItems",
                    "maxItems",
                    "minProperties",
                    "maxProperties",
                    "nullable",
                    "oneOf",
                    "allOf",
                    "x-kubernetes-list-type",
                    "x-kubernetes-list-map-keys");

    @ParameterizedTest
    @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "RATE_LIMIT")
    void agreesWithTheCrdOfEachKindInEveryVersion(Kind kind) throws IOException {
        Node crd = crd(kind);

        List<Node> versions = crd.get("spec").items("versions");
        assertThat(versions)
                .extracting(version -> version.text("name"))
                .containsExactlyInAnyOrderElementsOf(kind.versions());
        for (Node version : versions) {
            Node theirs = version.get("schema", "openAPIV3Schema", "properties", "spec");
            List<String> differences = new ArrayList<>();
            compare("spec", theirs, Node.of(KindSchema.spec(kind).toOpenApi()), differences);
            assertThat(differences).isEmpty();
            assertThat(KindSchema.isSpecRequired(kind))
                    .isEqualTo(
                            version.get("schema", "openAPIV3Schema").items("required").stream()
                                    .anyMatch(field -> field.text().orElse("").equals("spec")));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "RATE_LIMIT")
    void goesByTheSameNamesAsTheCrd(Kind kind) throws IOException {
        Node names = crd(kind).get("spec", "names");

        assertThat(kind.plural()).isEqualTo(names.text("plural"));
        assertThat(kind.singular()).isEqualTo(names.text("singular"));
        assertThat(kind.shortNames()).isEqualTo(names.get("shortNames").value());
        assertThat(kind.categories()).isEqualTo(names.get("categories").value());
    }

    private static Node crd(Kind kind) throws IOException {
        String text = Files.readString(Corpus.require("crd-schema").resolve("istio-crds.yaml"));
        Load load = new Load(LoadSettings.builder().setCodePointLimit(16 << 20).build());
        return StreamSupport.stream(load.loadAllFromString(text).spliterator(), false)
                .map(document -> new Node("", document))
                .filter(
                        document ->
                                document.get("spec", "names", "kind")
                                                .text()
                                                .orElse("")
                                                .equals(kind.kindName())
                                        && document.get("spec", "group")
                                                .text()
                                                .orElse("")
                                                .equals(kind.group()))
                .findFirst()
                .orElseThrow();
    }

    private static void compare(String path, Node theirs, Node ours, List<String> differences) {
        for (String word : COMPARED) {
            String they = normal(theirs.get(word).value());
            String we = normal(ours.get(word).value());
            if (!they.equals(we)) {
                differences.add(path + " " + word + ": they say " + they + ", we say " + we);
            }
        }
        boolean theirDuration =
                normal(theirs.get("x-kubernetes-validations").value()).contains("duration('1ms')");
        boolean ourDuration = ours.has("x-kubernetes-validations");
        if (theirDuration != ourDuration) {
            differences.add(path + ": they say duration " + theirDuration + ", we " + ourDuration);
        }
        Map<String, Node> theirFields = theirs.entries("properties");
        Map<String, Node> ourFields = ours.entries("properties");
        if (!theirFields.keySet().equals(ourFields.keySet())) {
            differences.add(
                    path
                            + " fields: they have "
                            + theirFields.keySet()
                            + ", we "
                            + ourFields.keySet());
        }
        theirFields.forEach(
                (name, field) -> {
                    Node ourField = ourFields.get(name);
                    if (ourField != null) {
                        assertThat(ourField.text("description"))
                                .as("%s.%s is described in our own words", path, name)
                                .isNotEmpty()
                                .isNotEqualTo(field.text("description"));
                        compare(path + "." + name, field, ourField, differences);
                    }
                });
        for (String inside : List.of("items", "additionalProperties")) {
            if (theirs.has(inside) || ours.has(inside)) {
                compare(path + "." + inside, theirs.get(inside), ours.get(inside), differences);
            }
        }
    }

    /** Order does not count in what is compared, nor whether 0 is written as 0.0. */
    private static String normal(@org.jspecify.annotations.Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case List<?> list ->
                    new TreeSet<>(list.stream().map(CrdSchemaTest::normal).toList()).toString();
            case Number number -> Long.toString(number.longValue());
            case Map<?, ?> map -> {
                TreeSet<String> entries = new TreeSet<>();
                map.forEach((key, entry) -> entries.add(key + "=" + normal(entry)));
                yield entries.toString();
            }
            default -> value.toString();
        };
    }
}
