package io.lateen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.cli.command.Surroundings;
import io.lateen.cli.output.Console;
import io.lateen.cli.workload.Programs;
import io.lateen.testkit.golden.Golden;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LateenTest {

    private static final Golden GOLDEN = Golden.in("lateen");

    private static final String REVIEWS =
            """
            {"apiVersion":"networking.istio.io/v1","kind":"VirtualService",
             "metadata":{"name":"reviews","namespace":"default","labels":{"on":"yes"}},
             "spec":{"hosts":["reviews"],"http":[{"timeout":"0.5s","route":[
               {"destination":{"host":"reviews","subset":"v1"},"weight":90},
               {"destination":{"host":"reviews","subset":"v2"},"weight":10}]}]}}""";

    private static final String TABLE =
            """
            {"kind":"Table","columnDefinitions":[
              {"name":"Name","type":"string"},{"name":"Hosts","type":"string"},
              {"name":"Wide","type":"string","priority":1},{"name":"Age","type":"string"}],
             "rows":[
              {"cells":["reviews","[\\"reviews\\"]","x","3m"],
               "object":{"metadata":{"name":"reviews","namespace":"default"}}},
              {"cells":["a-long-name","[\\"*\\"]","x","12h"],
               "object":{"metadata":{"name":"a-long-name","namespace":"shop"}}}]}""";

    private static final String PROXIES =
            """
            [{"node":"sidecar~127.0.1.3~reviews-v1","name":"reviews-v1-127.0.1.3",
              "manager":"127.0.0.1","version":"lateen 0.1.0","healthy":true,"inForceRevision":7,
              "types":{"CDS":{"status":"SYNCED"},"EDS":{"status":"SYNCED"},
                       "LDS":{"status":"SYNCED"},"RDS":{"status":"SYNCED"}}},
             {"node":"sidecar~127.0.1.4~reviews-v2","name":"reviews-v2-127.0.1.4",
              "manager":"127.0.0.1","version":"lateen 0.1.0","healthy":false,"inForceRevision":6,
              "types":{"CDS":{"status":"SYNCED"},"EDS":{"status":"STALE"},
                       "LDS":{"status":"NACKED"},"RDS":{"status":"NOT_SENT"}},
              "lastNack":{"type":"LDS","resource":"0.0.0.0_9080","message":"no such filter"}}]""";

    private static final String SERVICES =
            """
            [{"hostname":"reviews.default.svc.cluster.local","origin":"sidecars",
              "ports":[{"number":9080,"name":"http","protocol":"HTTP"}],
              "endpoints":[{"address":"127.0.1.3"},{"address":"127.0.1.4"}]}]""";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path home;

    private final ScriptedManager manager;

    LateenTest() throws IOException {
        manager = new ScriptedManager();
    }

    @BeforeEach
    void keepTheTokenWhereUpKeepsIt() throws IOException {
        Path state = Files.createDirectories(home.resolve(".lateen"));
        Files.writeString(state.resolve("admin-token"), ScriptedManager.TOKEN + "\n");
        Files.writeString(state.resolve("server"), manager.url() + "\n");
    }

    @AfterEach
    void stopTheManager() {
        manager.close();
    }

    private int lateen(String... arguments) {
        return lateen(Map.of(), arguments);
    }

    private int lateen(Map<String, String> environment, String... arguments) {
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), false);
        return Lateen.commandLine(
                        new Surroundings(environment, new Programs(Path.of("java"), home), console))
                .execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "up",
                "down",
                "status",
                "run",
                "apply",
                "get",
                "delete",
                "history",
                "rollback",
                "proxy-status",
                "token",
                "completion"
            })
    void helpsWithExamples(String command) {
        List<String> arguments = new ArrayList<>(command.isEmpty() ? List.of() : List.of(command));
        arguments.add("--help");

        assertThat(lateen(arguments.toArray(String[]::new))).isZero();

        assertThat(out.toString()).contains("Examples:");
        GOLDEN.matches("help" + (command.isEmpty() ? "" : "-" + command) + ".txt", out.toString());
    }

    @Test
    void makesAJoinTokenAndPrintsNothingElseOnStandardOutput() {
        manager.on(
                "POST /lateen/v1/tokens",
                201,
                """
                {"id":"0b9f6c1e-5d0a-4a57-9d0e-3b5f6f2d8c11","token":"a-secret",
                 "identity":"spiffe://cluster.local/ns/shop/sa/reviews",
                 "expiresAt":"2026-11-24T13:00:00Z"}""");

        int code =
                lateen(
                        "token",
                        "create",
                        "--ca-server",
                        manager.url(),
                        "-n",
                        "shop",
                        "-s",
                        "reviews",
                        "--ttl",
                        "5m");

        assertThat(code).as(err.toString()).isZero();
        assertThat(out).hasToString("a-secret\n");
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "good once, for spiffe://cluster.local/ns/shop/sa/reviews, until"
                                + " 2026-11-24T13:00:00Z\n");
        assertThat(manager.requests())
                .containsExactly(
                        "POST /lateen/v1/tokens\n"
                                + "{\"namespace\":\"shop\",\"serviceAccount\":\"reviews\",\"ttl\":\"5m\"}");
    }

    @Test
    void listsAndRevokesJoinTokens() {
        manager.on(
                "GET /lateen/v1/tokens",
                200,
                """
                {"items":[{"id":"0b9f6c1e","identity":"spiffe://cluster.local/ns/shop/sa/reviews",
                  "state":"used","expiresAt":"2026-11-24T13:00:00Z","createdBy":"admin",
                  "usedFrom":"127.0.1.3"}]}""");
        manager.on("DELETE /lateen/v1/tokens/0b9f6c1e", 204, "");
        Map<String, String> environment = Map.of("LATEEN_CA_SERVER", manager.url());

        assertThat(lateen(environment, "token", "list")).as(err.toString()).isZero();
        assertThat(lateen(environment, "token", "revoke", "0b9f6c1e")).as(err.toString()).isZero();

        GOLDEN.matches("token-list.txt", out.toString());
    }

    @Test
    void saysWhichProgramDoesNotAnswer() throws IOException {
        String url = manager.url();
        manager.close();

        assertThat(lateen("token", "list", "--ca-server", url)).isEqualTo(1);

        assertThat(err.toString())
                .contains("no certificate authority answers at " + url)
                .contains("--ca-server");
    }

    @Test
    void getsATableWithTheColumnsOfTheServer() {
        manager.on(
                "GET /apis/networking.istio.io/v1/namespaces/default/virtualservices", 200, TABLE);

        assertThat(lateen("get", "vs")).isZero();

        GOLDEN.matches("get-table.txt", out.toString());
    }

    @Test
    void getsATableOfAllNamespacesByLabel() {
        manager.on(
                "GET /apis/networking.istio.io/v1/virtualservices?labelSelector=team%3Dbooks",
                200, TABLE);

        assertThat(lateen("get", "VirtualService", "-A", "-l", "team=books")).isZero();

        GOLDEN.matches("get-all-namespaces.txt", out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"yaml", "json"})
    void getsADocument(String format) {
        manager.on(
                "GET /apis/networking.istio.io/v1/namespaces/shop/virtualservices/reviews",
                200,
                REVIEWS);

        assertThat(lateen("get", "vs", "reviews", "-n", "shop", "-o", format)).isZero();

        GOLDEN.matches("get." + format, out.toString());
    }

    @Test
    void appliesSeveralFilesAsOneAndWaitsUntilTheyAreInForce() throws IOException {
        Files.writeString(home.resolve("b.yaml"), "kind: B");
        Files.writeString(home.resolve("a.yaml"), "kind: A");
        Files.writeString(home.resolve("notes.txt"), "no rule");
        manager.on(
                "POST /lateen/v1/apply",
                200,
                """
                {"revision":12,"results":[
                 {"kind":"DestinationRule","namespace":"default","name":"reviews","action":"created"},
                 {"kind":"VirtualService","namespace":"default","name":"reviews","action":"configured"}]}""");
        manager.on(
                "GET /lateen/v1/revisions/12?wait=10000ms",
                200,
                """
                {"revision":12,"inForce":true,"inForceAfterMillis":84,
                 "sidecars":{"total":12,"inForce":12,"lagging":[]}}""");

        assertThat(lateen("apply", "-f", home.toString(), "--wait")).isZero();

        assertThat(out.toString())
                .isEqualTo("destinationrule/reviews created\nvirtualservice/reviews configured\n");
        assertThat(err.toString()).isEqualTo("in force on 12 of 12 sidecars, 84 ms\n");
        assertThat(manager.requests())
                .first()
                .isEqualTo("POST /lateen/v1/apply\nkind: A\n---\nkind: B");
    }

    @Test
    void saysWhoLagsAndWhyWhenTheTimeIsOver() throws IOException {
        Path file = Files.writeString(home.resolve("a.yaml"), "kind: A");
        manager.on("POST /lateen/v1/apply", 200, "{\"revision\":12,\"results\":[]}");
        manager.on(
                "GET /lateen/v1/revisions/12?wait=0ms",
                200,
                """
                {"revision":12,"inForce":false,"sidecars":{"total":2,"inForce":1,"lagging":[
                 {"node":"reviews-v2","inForceRevision":11,"reason":"refused 0.0.0.0_9080"}]}}""");

        int code = lateen("apply", "-f", file.toString(), "--wait", "--timeout", "0");

        assertThat(code).isEqualTo(3);
        assertThat(err.toString())
                .isEqualTo(
                        """
                        lateen: in force on 1 of 2 sidecars after 0 s
                          reviews-v2 has revision 11: refused 0.0.0.0_9080
                        """);
    }

    @Test
    void showsEveryFaultOfARefusedFile() throws IOException {
        Path file = Files.writeString(home.resolve("a.yaml"), "kind: A");
        manager.on(
                "POST /lateen/v1/apply",
                422,
                """
                {"kind":"Status","message":"VirtualService reviews has 2 faults","details":{"causes":[
                 {"field":"spec.http[0].route","message":"expected at least one"},
                 {"field":"spec.hots","message":"unknown; is it hosts?"}]}}""");

        assertThat(lateen("apply", "-f", file.toString())).isEqualTo(1);

        assertThat(err.toString())
                .isEqualTo(
                        """
                        lateen: VirtualService reviews has 2 faults
                          spec.http[0].route: expected at least one
                          spec.hots: unknown; is it hosts?
                        """);
    }

    @Test
    void deletesWhatFilesNameAndPassesOverWhatIsGone() throws IOException {
        Path file =
                Files.writeString(
                        home.resolve("a.yaml"),
                        """
                        kind: Gateway
                        metadata: {name: way-in}
                        ---
                        kind: VirtualService
                        metadata: {name: reviews, namespace: shop}
                        """);
        String path = "/apis/networking.istio.io/v1/namespaces/shop/virtualservices/reviews";
        manager.on("GET " + path, 200, REVIEWS).on("DELETE " + path, 200, "{}");

        int code = lateen("delete", "-f", file.toString(), "--ignore-not-found");

        assertThat(code).isZero();
        assertThat(out.toString()).isEqualTo("virtualservice/reviews deleted\n");
    }

    @Test
    void showsEachProxyAndWhatItRefused() {
        manager.on("GET /lateen/v1/proxies", 200, PROXIES);

        assertThat(lateen("proxy-status")).isZero();

        GOLDEN.matches("proxy-status.txt", out.toString());
    }

    @Test
    void showsTheMeshAtAGlance() {
        manager.on("GET /lateen/v1/proxies", 200, PROXIES);
        manager.on("GET /lateen/v1/services", 200, SERVICES);

        assertThat(lateen("status")).isZero();

        GOLDEN.matches(
                "status.txt", out.toString().replace(manager.url(), "http://127.0.0.1:7070"));
    }

    @Test
    void takesTheOptionBeforeTheEnvironmentBeforeTheStateFolder() {
        manager.on("GET /lateen/v1/proxies", 200, "[]");
        Map<String, String> elsewhere = Map.of("LATEEN_SERVER", "http://127.0.0.1:1");

        assertThat(lateen(elsewhere, "proxy-status")).as("environment").isEqualTo(1);
        assertThat(lateen(elsewhere, "proxy-status", "--server", manager.url())).isZero();
        assertThat(lateen("proxy-status", "--token", "another")).as("token").isEqualTo(1);
        assertThat(err.toString())
                .contains("no manager answers at http://127.0.0.1:1; start one with `lateen up`")
                .contains("does not accept the token");
    }

    @Test
    void refusesAWrongCommandLineInOneSentence() {
        assertThat(lateen("get")).isEqualTo(2);
        assertThat(lateen("fly")).isEqualTo(2);
        assertThat(lateen("get", "pods")).isEqualTo(1);

        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                "lateen: Missing required parameter: 'KIND'; see"
                                                        + " `lateen get --help`"),
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                "lateen: Unmatched argument at index 0: 'fly'; see"
                                                        + " `lateen --help`"),
                        line ->
                                assertThat(line)
                                        .startsWith(
                                                "lateen: kind: found 'pods', expected one of"
                                                        + " virtualservice (vs), destinationrule"
                                                        + " (dr), ")
                                        .contains("authorizationpolicy (ap)"));
    }

    @Test
    void namesWhatIsNotBuiltYet() {
        assertThat(lateen(Map.of("PATH", "/usr/bin:/bin"), "up")).isEqualTo(1);

        assertThat(err.toString())
                .contains("not built yet:", "manager.jar", "run `make build`")
                .hasLineCount(1);
    }

    @Test
    void saysWhyAStateFolderCannotBe() throws IOException {
        Path file = Files.writeString(home.resolve("notes"), "no folder");

        assertThat(lateen("up", "--state-directory", file.toString())).isEqualTo(1);
        assertThat(lateen("up", "--state-directory", "/proc/no-folder")).isEqualTo(1);

        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains(file + ": is there already and is not"),
                        line -> assertThat(line).contains("/proc/no-folder: there is no such"));
    }

    @Test
    void completesInBash() throws Exception {
        assertThat(lateen("completion", "bash")).isZero();

        Path script = Files.writeString(home.resolve("completion"), out.toString());
        String ask =
                "source %s; COMP_WORDS=(lateen pro); COMP_CWORD=1; COMP_LINE='lateen pro'; COMP_POINT=10; _complete_lateen; echo \"${COMPREPLY[@]}\""
                        .formatted(script);
        Process bash = new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();
        assertThat(
                        new String(
                                bash.getInputStream().readAllBytes(),
                                java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("proxy-status\n");
    }

    @Test
    void showsWhoWroteWhat() {
        manager.on(
                "GET /lateen/v1/history?limit=20&group=networking.istio.io&kind=VirtualService"
                        + "&name=reviews&namespace=default",
                200,
                """
                {"items":[{"revision":12,"at":"2026-11-24T12:00:00Z","actor":"ada",
                  "action":"UPDATED","group":"networking.istio.io","kind":"VirtualService",
                  "namespace":"default","name":"reviews"}]}""");

        assertThat(lateen("history", "vs", "reviews", "-n", "default")).isZero();

        GOLDEN.matches("history.txt", out.toString());
    }

    @Test
    void rollsBackAndSaysWhatBecameOfTheResource() {
        manager.on(
                "POST /lateen/v1/rollback",
                200,
                """
                {"revision":13,"dryRun":true,"results":[{"kind":"VirtualService",
                  "namespace":"default","name":"reviews","action":"configured"}]}""");

        assertThat(lateen("rollback", "12", "--dry-run")).isZero();

        assertThat(out.toString()).isEqualTo("virtualservice/reviews configured (dry run)\n");
        assertThat(manager.requests())
                .containsExactly("POST /lateen/v1/rollback\n{\"revision\":12,\"dryRun\":true}");
    }

    @Test
    void passesOnWhyARevisionCannotBeHad() {
        manager.on(
                "POST /lateen/v1/rollback", 410, "{\"message\":\"revision 3 is no longer kept\"}");

        assertThat(lateen("rollback", "3")).isEqualTo(1);

        assertThat(err.toString()).contains("revision 3 is no longer kept");
    }

    @Test
    void runsNothingWithHalfOfAnIdentity() {
        assertThat(
                        lateen(
                                "run",
                                "--service",
                                "shop",
                                "--port",
                                "9",
                                "--ca-address",
                                "ca:1",
                                "--",
                                "true"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("found --ca-address without --ca-roots");

        assertThat(
                        lateen(
                                "run",
                                "--service",
                                "shop",
                                "--port",
                                "9",
                                "--ca-roots",
                                "r.pem",
                                "--",
                                "true"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("without --ca-address");
    }
}
