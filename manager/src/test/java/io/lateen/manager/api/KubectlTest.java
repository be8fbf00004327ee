package io.lateen.manager.api;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.manager.Kubectl;
import io.lateen.manager.RunningManager;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a user of kubectl sees. */
@SuppressWarnings("NullAway.Init") // fields are set by JUnit
final class KubectlTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

    @TempDir static Path home;
    static RunningManager manager;
    static Kubectl kubectl;

    private static final String REVIEWS =
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: reviews
              labels: {team: books}
            spec:
              hosts: [reviews]
              http:
              - route:
                - destination: {host: reviews, subset: v1}
            """;

    @BeforeAll
    static void start() {
        manager = RunningManager.on(DATABASE.url());
        kubectl = Kubectl.of(manager, home);
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @BeforeEach
    void reviewsAreRoutedToV1() {
        kubectl.run("delete", "virtualservices", "--all", "-A");
        succeeds(kubectl.runOn(REVIEWS, "apply"));
    }

    @Test
    void findsTheKindsByTheirShortNamesAndCategory() {
        String types = succeeds(kubectl.run("api-resources"));

        assertThat(types)
                .containsPattern(
                        "virtualservices +vs +networking.istio.io/v1 +true +VirtualService")
                .containsPattern("namespaces +ns +v1 +false +Namespace");
        assertThat(succeeds(kubectl.run("get", "istio-io"))).contains("/reviews");
    }

    @Test
    void appliesTwiceAndChangesNothingTheSecondTime() {
        assertThat(succeeds(kubectl.runOn(REVIEWS, "apply"))).contains("unchanged");
        assertThat(succeeds(kubectl.runOn(REVIEWS.replace("v1}", "v2}"), "apply")))
                .contains("reviews configured");
        assertThat(succeeds(kubectl.run("get", "vs", "reviews", "-o", "yaml")))
                .contains("subset: v2", "generation: 2", "last-applied-configuration");
    }

    @Test
    void takesAFieldAwayThatIsNoLongerInTheFile() {
        String withTimeout = REVIEWS + "    timeout: 3s\n";
        succeeds(kubectl.runOn(withTimeout, "apply"));

        succeeds(kubectl.runOn(REVIEWS, "apply"));

        assertThat(succeeds(kubectl.run("get", "vs", "reviews", "-o", "jsonpath={.spec.http[0]}")))
                .doesNotContain("timeout");
    }

    @Test
    void printsATable() {
        assertThat(succeeds(kubectl.run("get", "vs")))
                .containsPattern("NAME +GATEWAYS +HOSTS +PROGRAMMED +AGE")
                .containsPattern("reviews +\\[\"reviews\"\\]");
        assertThat(succeeds(kubectl.run("get", "vs", "-A", "--show-labels")))
                .containsPattern("NAMESPACE +NAME")
                .contains("team=books");
    }

    @Test
    void keepsTheKindsOfAccessInTheirOwnGroup() {
        String policy =
                """
                apiVersion: security.istio.io/v1beta1
                kind: AuthorizationPolicy
                metadata: {name: readers, namespace: default}
                spec:
                  action: DENY
                  rules: [{to: [{operation: {methods: [DELETE]}}]}]
                ---
                apiVersion: security.istio.io/v1
                kind: PeerAuthentication
                metadata: {name: default, namespace: default}
                spec: {mtls: {mode: STRICT}}
                """;
        assertThat(succeeds(kubectl.runOn(policy, "apply")))
                .contains("authorizationpolicy.security.istio.io/readers created")
                .contains("peerauthentication.security.istio.io/default created");
        assertThat(succeeds(kubectl.runOn(policy, "apply"))).contains("unchanged");
        assertThat(succeeds(kubectl.run("get", "ap,pa")))
                .containsPattern("readers +DENY ")
                .containsPattern("default +STRICT ");
        assertThat(succeeds(kubectl.run("get", "ap", "readers", "-o", "yaml")))
                .contains("apiVersion: security.istio.io/v1\n");
        assertThat(succeeds(kubectl.run("explain", "authorizationpolicy.spec.rules.from.source")))
                .contains("KIND:       AuthorizationPolicy")
                .contains("principals");
        assertThat(
                        kubectl.runOn(policy.replace("action: DENY", "action: AUDIT"), "apply")
                                .toString())
                .contains("AUDIT, which only takes notes, is not supported yet");
        succeeds(kubectl.runOn(policy, "delete"));
    }

    @Test
    void selectsByLabelAndByField() {
        assertThat(succeeds(kubectl.run("get", "vs", "-l", "team=books,team!=films", "-o", "name")))
                .contains("reviews");
        assertThat(succeeds(kubectl.run("get", "vs", "-l", "team notin (books)", "-o", "name")))
                .doesNotContain("reviews");
        assertThat(
                        succeeds(
                                kubectl.run(
                                        "get",
                                        "vs",
                                        "-A",
                                        "--field-selector=metadata.name=reviews",
                                        "-o",
                                        "name")))
                .contains("reviews");
    }

    @Test
    void followsChangesAsTheyCome() throws Exception {
        Process watch = kubectl.start(Map.of(), "get", "vs", "-w");
        List<String> lines = new CopyOnWriteArrayList<>();
        Thread reader = Thread.ofVirtual().start(() -> read(watch, lines));
        eventually(() -> assertThat(lines).anyMatch(line -> line.startsWith("reviews")));

        succeeds(kubectl.runOn(REVIEWS.replace("name: reviews", "name: ratings"), "apply"));
        succeeds(kubectl.run("delete", "vs", "ratings"));

        eventually(
                () ->
                        assertThat(lines.stream().filter(line -> line.startsWith("ratings")))
                                .as("added and deleted")
                                .hasSizeGreaterThanOrEqualTo(2));
        watch.destroy();
        reader.join();
    }

    @Test
    void describesWithTheStatus() {
        eventually(
                () ->
                        assertThat(succeeds(kubectl.run("describe", "vs", "reviews")))
                                .contains("Subset:  v1", "Type:", "Programmed"));
    }

    @Test
    void diffsAgainstWhatIsThere() {
        Kubectl.Call same = kubectl.runOn(REVIEWS, "diff");
        Kubectl.Call other = kubectl.runOn(REVIEWS.replace("v1}", "v3}"), "diff");

        assertThat(same.exitCode()).as(same.output()).isZero();
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.output()).contains("-        subset: v1", "+        subset: v3");
        assertThat(succeeds(kubectl.run("get", "vs", "reviews", "-o", "yaml")))
                .as("a diff changes nothing")
                .contains("subset: v1");
    }

    @Test
    void explainsEveryField() {
        assertThat(succeeds(kubectl.run("explain", "virtualservice.spec.http.route.destination")))
                .contains("KIND:       VirtualService", "subset", "host");
        assertThat(succeeds(kubectl.run("explain", "dr", "--recursive")))
                .contains("outlierDetection", "consecutive5xxErrors");
    }

    @Test
    void edits() {
        Kubectl.Call call =
                kubectl.runWith(
                        Map.of("KUBE_EDITOR", "sed -i 's/subset: v1/subset: v2/'"),
                        "edit",
                        "vs",
                        "reviews");

        assertThat(succeeds(call)).contains("reviews edited");
        assertThat(succeeds(kubectl.run("get", "vs", "reviews", "-o", "yaml")))
                .contains("subset: v2");
    }

    @Test
    void patchesLabelsAndAnnotates() {
        succeeds(
                kubectl.run(
                        "patch",
                        "vs",
                        "reviews",
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"hosts\":[\"reviews\",\"books\"]}}"));
        succeeds(
                kubectl.run(
                        "patch",
                        "vs",
                        "reviews",
                        "--type=json",
                        "-p",
                        "[{\"op\":\"remove\",\"path\":\"/spec/hosts/0\"}]"));
        succeeds(kubectl.run("label", "vs", "reviews", "tier=back"));
        succeeds(kubectl.run("annotate", "vs", "reviews", "note=a note"));

        String yaml = succeeds(kubectl.run("get", "vs", "reviews", "-o", "yaml"));

        assertThat(yaml).contains("- books", "tier: back", "note: a note");
        assertThat(yaml).doesNotContain("  - reviews\n");
    }

    @Test
    void refusesAStrategicPatchAndSaysWhatToDo() {
        Kubectl.Call call = kubectl.run("patch", "vs", "reviews", "-p", "{\"spec\":{}}");

        assertThat(call.exitCode()).isNotZero();
        assertThat(call.output()).contains("--type=merge");
    }

    @Test
    void namesAMisspeltFieldWithTheNearestOne() {
        Kubectl.Call call = kubectl.runOn(REVIEWS.replace("  http:", "  htpp:"), "apply");

        assertThat(call.exitCode()).isNotZero();
        assertThat(call.output()).contains("spec.htpp", "`http`");
    }

    @Test
    void warnsOfAnUnknownFieldWhenAskedTo() {
        String withUnknown = REVIEWS + "  colour: red\n";

        assertThat(succeeds(kubectl.runOn(withUnknown, "apply", "--validate=warn")))
                .contains("Warning: spec.colour");
        assertThat(succeeds(kubectl.run("get", "vs", "reviews", "-o", "jsonpath={.spec}")))
                .doesNotContain("colour");
    }

    @Test
    void triesOnTheServerWithoutWriting() {
        assertThat(
                        succeeds(
                                kubectl.runOn(
                                        REVIEWS.replace("name: reviews", "name: tried"),
                                        "apply",
                                        "--dry-run=server")))
                .contains("created (server dry run)");
        assertThat(kubectl.run("get", "vs", "tried").output()).contains("NotFound");
    }

    @Test
    void waitsForConditionsAndForTheEnd() throws Exception {
        succeeds(kubectl.run("wait", "--for=condition=Programmed", "vs/reviews", "--timeout=20s"));
        Process waiting =
                kubectl.start(Map.of(), "wait", "--for=delete", "vs/reviews", "--timeout=20s");

        succeeds(kubectl.run("delete", "vs", "reviews"));

        assertThat(waiting.waitFor()).isZero();
    }

    @Test
    void keepsNamespacesApart() {
        succeeds(kubectl.run("create", "namespace", "shop"));
        succeeds(kubectl.run("label", "namespace", "shop", "kind=test"));
        succeeds(kubectl.runOn(REVIEWS, "apply", "-n", "shop"));

        assertThat(succeeds(kubectl.run("get", "vs", "-n", "shop", "-o", "name")))
                .contains("reviews");
        succeeds(kubectl.run("delete", "namespace", "shop"));
        assertThat(succeeds(kubectl.run("get", "vs", "-A", "-o", "name")).lines())
                .as("what was in it is gone with it")
                .hasSize(1);
    }

    @Test
    void refusesToWriteIntoANamespaceThatIsNotThere() {
        Kubectl.Call call = kubectl.runOn(REVIEWS, "apply", "-n", "nowhere");

        assertThat(call.exitCode()).isNotZero();
        assertThat(call.output()).contains("namespaces \"nowhere\" not found");
    }

    @Test
    void readsOldVersionsAndAnswersInThem() {
        succeeds(
                kubectl.runOn(
                        REVIEWS.replace("networking.istio.io/v1", "networking.istio.io/v1alpha3"),
                        "apply"));

        assertThat(
                        succeeds(
                                kubectl.run(
                                        "get",
                                        "virtualservices.v1beta1.networking.istio.io",
                                        "reviews",
                                        "-o",
                                        "yaml")))
                .contains("apiVersion: networking.istio.io/v1beta1");
    }

    @Test
    void readsPageByPage() {
        for (String name : List.of("a", "b", "c")) {
            succeeds(kubectl.runOn(REVIEWS.replace("name: reviews", "name: " + name), "apply"));
        }

        assertThat(succeeds(kubectl.run("get", "vs", "--chunk-size=2", "-o", "name")).lines())
                .hasSize(4);
    }

    private static String succeeds(Kubectl.Call call) {
        assertThat(call.exitCode()).as(call.output()).isZero();
        return call.output();
    }

    private static void read(Process process, List<String> lines) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(lines::add);
        } catch (java.io.IOException e) {
            lines.add("the watch broke off: " + e);
        } catch (java.io.UncheckedIOException e) {
            // The test has ended the watch.
            lines.add("ended");
        }
    }
}
