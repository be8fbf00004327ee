package io.lateen.manager.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.model.codec.MalformedText;
import io.lateen.model.codec.ResourceCodec;
import io.lateen.model.resource.Kind;
import io.lateen.model.resource.Metadata;
import io.lateen.model.resource.PeerAuthentication.Mode;
import io.lateen.model.resource.Resource;
import io.lateen.testkit.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Whose word counts when several policies ask something of callers. */
class PeerAuthenticationsTest {

    private static final String ROOT = "istio-system";
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Map<String, String> LABELS = Map.of("app", "a");
    private static final List<Integer> PORTS = List.of(7070, 8080, 9090);

    private final ResourceCodec codec = new ResourceCodec();
    private final List<Resource> resources = new ArrayList<>();

    @Test
    void permitsBothWhereNobodySaysAnything() {
        assertThat(policy("default")).isEqualTo(PeerPolicy.DEFAULT);
    }

    @Test
    void takesTheNarrowestThatSaysAnything() throws MalformedText {
        add(ROOT, "mesh", "{mtls: {mode: STRICT}}");
        add("quiet", "unset", "{mtls: {mode: UNSET}}");
        add("open", "namespace", "{mtls: {mode: DISABLE}}");
        add("open", "workload", "{selector: {matchLabels: {app: a}}, mtls: {mode: PERMISSIVE}}");
        add("open", "another", "{selector: {matchLabels: {app: b}}, mtls: {mode: STRICT}}");

        assertThat(policy("elsewhere").mode()).isEqualTo(Mode.STRICT);
        assertThat(policy("quiet").mode()).isEqualTo(Mode.STRICT);
        assertThat(policy("open").mode()).isEqualTo(Mode.PERMISSIVE);
        assertThat(policies().of("open", Map.of()).mode()).isEqualTo(Mode.DISABLE);
    }

    @Test
    void takesTheOldestOfOnePlace() throws MalformedText {
        add("default", "z", "{mtls: {mode: DISABLE}}");
        add("default", "a", "{mtls: {mode: STRICT}}");
        add(
                "default",
                "y",
                "{selector: {matchLabels: {app: a}}, portLevelMtls: {80: {mode: STRICT}}}");
        add("default", "b", "{selector: {matchLabels: {app: a}}, mtls: {mode: STRICT}}");

        assertThat(policy("default"))
                .isEqualTo(new PeerPolicy(Mode.DISABLE, Map.of(80, Mode.STRICT)));
    }

    @Test
    void leavesAPortThatIsUnsetToItsWorkload() throws MalformedText {
        add(ROOT, "mesh", "{mtls: {mode: STRICT}}");
        add(
                "default",
                "a",
                "{selector: {matchLabels: {app: a}}, mtls: {mode: DISABLE}, portLevelMtls: {80: {},"
                        + " 81: {mode: PERMISSIVE}}}");

        assertThat(policy("default").at(80)).isEqualTo(Mode.DISABLE);
        assertThat(policy("default").at(81)).isEqualTo(Mode.PERMISSIVE);
        assertThat(policy("default").at(82)).isEqualTo(Mode.DISABLE);
    }

    @Test
    void passesOverSelectorsInTheRootNamespace() throws MalformedText {
        add(ROOT, "some", "{selector: {matchLabels: {app: a}}, mtls: {mode: STRICT}}");

        assertThat(policy("default").mode()).isEqualTo(Mode.PERMISSIVE);
        assertThat(policy(ROOT).mode()).isEqualTo(Mode.PERMISSIVE);
    }

    @Test
    void isWhatTheRootNamespaceAsksForItsOwnWorkloads() throws MalformedText {
        add(ROOT, "mesh", "{mtls: {mode: STRICT}}");

        assertThat(policy(ROOT).mode()).isEqualTo(Mode.STRICT);
    }

    @Test
    void leavesAWorkloadWithoutACertificateNothingToPermit() {
        PeerPolicy policy =
                new PeerPolicy(Mode.PERMISSIVE, Map.of(80, Mode.STRICT, 81, Mode.PERMISSIVE));

        assertThat(policy.withoutCertificate())
                .isEqualTo(new PeerPolicy(Mode.DISABLE, Map.of(80, Mode.STRICT, 81, Mode.DISABLE)));
    }

    /**
     * The cases give the rule by which plain connections are denied; none at all where every port
     * is treated alike.
     */
    @TestFactory
    Stream<DynamicTest> agreesWithIstiosCases() throws IOException {
        List<Path> cases =
                Corpus.files("peer-authentication", "-in.yaml").stream()
                        .filter(file -> file.getFileName().toString().startsWith("peer-authn"))
                        .toList();
        assertThat(cases).hasSizeGreaterThan(10);
        return cases.stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.getFileName().toString(), () -> compare(file)));
    }

    private void compare(Path file) throws IOException, MalformedText {
        resources.clear();
        for (JsonNode document : codec.split(Files.readString(file))) {
            JsonNode metadata = document.path("metadata");
            add(
                    metadata.path("namespace").asString("foo"),
                    metadata.path("name").asString(),
                    document.path("spec"));
        }
        Path answer =
                file.resolveSibling(file.getFileName().toString().replace("-in.yaml", ".yaml"));
        List<JsonNode> groups =
                codec.split(Files.readString(answer)).stream()
                        .flatMap(rule -> rule.path("groups").valueStream())
                        .toList();
        Set<Integer> strict =
                PORTS.stream()
                        .filter(port -> policy("foo").at(port) == Mode.STRICT)
                        .collect(Collectors.toSet());

        if (groups.isEmpty()) {
            assertThat(strict.size()).as("all ports alike: %s", strict).isIn(0, PORTS.size());
            return;
        }
        assertThat(strict)
                .isEqualTo(
                        PORTS.stream()
                                .filter(
                                        port ->
                                                groups.stream()
                                                        .anyMatch(group -> denies(group, port)))
                                .collect(Collectors.toSet()));
    }

    /** Whether a group of rules denies a plain connection to a port. */
    private static boolean denies(JsonNode group, int port) {
        return group.path("rules")
                .valueStream()
                .allMatch(
                        rule ->
                                rule.path("matches")
                                        .valueStream()
                                        .anyMatch(match -> fits(match, port)));
    }

    private static boolean fits(JsonNode match, int port) {
        return (!match.has("destinationPorts") || lists(match.path("destinationPorts"), port))
                && !lists(match.path("notDestinationPorts"), port);
    }

    private static boolean lists(JsonNode ports, int port) {
        return ports.valueStream().anyMatch(each -> each.asInt() == port);
    }

    private void add(String namespace, String name, String spec) throws MalformedText {
        add(namespace, name, codec.split(spec).getFirst());
    }

    private void add(String namespace, String name, JsonNode spec) {
        resources.add(
                new Resource(
                        Kind.PEER_AUTHENTICATION,
                        new Metadata(
                                namespace,
                                name,
                                "",
                                1,
                                1,
                                FIRST.plusSeconds(resources.size()),
                                Map.of(),
                                Map.of()),
                        codec.decodeSpec(Kind.PEER_AUTHENTICATION, spec)));
    }

    private PeerPolicy policy(String namespace) {
        return policies().of(namespace, LABELS);
    }

    private PeerAuthentications policies() {
        return PeerAuthentications.of(
                resources.stream().sorted(Precedence.OLDEST_RESOURCE_FIRST).toList(), ROOT);
    }
}
