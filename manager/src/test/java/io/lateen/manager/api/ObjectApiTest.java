package io.lateen.manager.api;

import static io.lateen.manager.api.Rules.JSON;
import static io.lateen.manager.api.Rules.PATH;
import static io.lateen.manager.api.Rules.YAML;
import static io.lateen.manager.api.Rules.virtualService;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.manager.RunningManager;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The API by plain HTTP: what each request is answered. */
@SuppressWarnings("NullAway.Init") // fields are set by JUnit
final class ObjectApiTest {
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
    void createsFromYamlAndAnswersTheWholeObject() {
        HttpResponse<String> answer = create(virtualService("created", "v1"));

        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode object = json(answer);
        assertThat(object.at("/metadata/generation").asInt()).isEqualTo(1);
        assertThat(object.at("/metadata/uid").asString()).hasSize(36);
        assertThat(object.at("/spec/http/0/route/0/destination/subset").asString()).isEqualTo("v1");
    }

    @Test
    void answersInYamlWhenAskedTo() {
        create(virtualService("in-yaml", "v1"));

        HttpResponse<String> answer =
                manager.send(manager.request(PATH + "/in-yaml").header("Accept", YAML).build());

        assertThat(answer.headers().firstValue("Content-Type")).contains(YAML);
        assertThat(answer.body()).contains("kind: VirtualService\n", "subset: v1\n");
    }

    @Test
    void completesAGeneratedName() {
        HttpResponse<String> answer =
                create(virtualService("x", "v1").replace("name: x", "generateName: some-"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(json(answer).at("/metadata/name").asString()).matches("some-[a-z0-9]{5}");
    }

    @Test
    void refusesToCreateTwice() {
        create(virtualService("twice", "v1"));

        HttpResponse<String> answer = create(virtualService("twice", "v1"));

        assertStatus(answer, 409, "AlreadyExists");
        assertThat(json(answer).path("message").asString())
                .isEqualTo("virtualservices.networking.istio.io \"twice\" already exists");
    }

    @Test
    void refusesAReplacementOfAStateThatIsNotTheLatest() {
        ObjectNode first = (ObjectNode) json(create(virtualService("stale", "v1")));
        String stale = first.toString();
        replace("stale", stale.replace("\"v1\"}}", "\"v2\"}}"));

        HttpResponse<String> answer = replace("stale", stale.replace("\"v1\"}}", "\"v3\"}}"));

        assertStatus(answer, 409, "Conflict");
        assertThat(json(manager.get(PATH + "/stale")).toString()).contains("v2");
    }

    @Test
    void asksForTheVersionThatAReplacementWasMadeFrom() {
        ObjectNode object = (ObjectNode) json(create(virtualService("blind", "v1")));
        object.withObject("/metadata").remove("resourceVersion");

        HttpResponse<String> answer = replace("blind", object.toString());

        assertStatus(answer, 422, "Invalid");
        assertThat(causes(answer)).contains("metadata.resourceVersion");
    }

    @Test
    void raisesTheVersionOnlyWhenSomethingChanges() {
        JsonNode created = json(create(virtualService("quiet", "v1")));

        JsonNode again =
                json(
                        manager.send(
                                "PATCH",
                                PATH + "/quiet",
                                "application/merge-patch+json",
                                "{\"spec\":{\"hosts\":[\"quiet\"]}}"));

        assertThat(again.at("/metadata/generation")).isEqualTo(created.at("/metadata/generation"));
        assertThat(again.path("spec")).isEqualTo(created.path("spec"));
    }

    @Test
    void refusesAPatchThatNamesAStateThatIsGone() {
        JsonNode created = json(create(virtualService("patched", "v1")));
        String stale = created.at("/metadata/resourceVersion").asString();
        patch("patched", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");

        HttpResponse<String> answer =
                patch(
                        "patched",
                        "{\"metadata\":{\"resourceVersion\":\"" + stale + "\",\"labels\":{}}}");

        assertStatus(answer, 409, "Conflict");
    }

    @Test
    void neverTakesAStatusFromAClient() {
        create(virtualService("mine", "v1") + "status: {conditions: [{type: Mine}]}\n");

        assertThat(manager.get(PATH + "/mine").body()).doesNotContain("Mine");
        assertStatus(
                manager.send(
                        "PATCH",
                        PATH + "/mine/status",
                        "application/merge-patch+json",
                        "{\"status\":{}}"),
                405,
                "MethodNotAllowed");
        assertThat(manager.get(PATH + "/mine/status").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsEveryFaultAtOnce() {
        HttpResponse<String> answer =
                create(
                        """
                        apiVersion: networking.istio.io/v1
                        kind: VirtualService
                        metadata:
                          name: Not_A_Name
                          labels: {"-bad": "x y"}
                          finalizers: [me]
                        spec:
                          hosts: [a]
                          htpp: []
                        """);

        assertStatus(answer, 422, "Invalid");
        assertThat(causes(answer))
                .contains(
                        "metadata.name",
                        "metadata.labels",
                        "metadata.labels[-bad]",
                        "metadata.finalizers",
                        "spec.htpp");
    }

    @Test
    void warnsOfUnknownFieldsInAHeader() {
        HttpResponse<String> answer =
                manager.send(
                        "POST",
                        PATH + "?fieldValidation=Warn",
                        YAML,
                        virtualService("warned", "v1") + "  colour: \"red\"\n");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Warning").orElse(""))
                .startsWith("299 - \"spec.colour: ");
        assertThat(answer.body()).doesNotContain("colour");
    }

    @Test
    void refusesAFieldThatIsWrittenTwice() {
        String twice =
                "{\"apiVersion\":\"networking.istio.io/v1\",\"kind\":\"VirtualService\","
                        + "\"metadata\":{\"name\":\"dup\"},\"spec\":{\"hosts\":[\"a\"],\"hosts\":[\"b\"]}}";

        HttpResponse<String> answer = manager.send("POST", PATH, JSON, twice);

        assertStatus(answer, 400, "BadRequest");
        assertThat(answer.body()).contains("hosts");
    }

    @Test
    void triesAWriteWithoutDoingIt() {
        HttpResponse<String> answer =
                manager.send("POST", PATH + "?dryRun=All", YAML, virtualService("tried", "v1"));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertStatus(manager.get(PATH + "/tried"), 404, "NotFound");
        assertStatus(
                manager.send("POST", PATH + "?dryRun=Some", YAML, virtualService("tried", "v1")),
                400,
                "BadRequest");
    }

    @Test
    void keepsToTheUidThatADeleteNames() {
        JsonNode created = json(create(virtualService("gone", "v1")));
        String uid = created.at("/metadata/uid").asString();

        assertStatus(
                manager.send(
                        "DELETE",
                        PATH + "/gone",
                        JSON,
                        "{\"preconditions\":{\"uid\":\"" + uid.replace('a', 'b') + "0\"}}"),
                409,
                "Conflict");
        HttpResponse<String> deleted =
                manager.send(
                        "DELETE",
                        PATH + "/gone",
                        JSON,
                        "{\"preconditions\":{\"uid\":\"" + uid + "\"}}");
        assertThat(json(deleted).at("/details/uid").asString()).isEqualTo(uid);
        assertStatus(manager.send("DELETE", PATH + "/gone", JSON, ""), 404, "NotFound");
    }

    @Test
    void keepsAListOfPagesAtOneRevision() {
        for (String name : new String[] {"page-a", "page-b", "page-c"}) {
            create(
                    virtualService(name, "v1")
                            .replace("metadata:\n", "metadata:\n  labels: {paged: x}\n"));
        }
        String list = PATH + "?labelSelector=paged%3Dx&limit=2";
        JsonNode first = json(manager.get(list));
        manager.send("DELETE", PATH + "/page-c", JSON, "");
        create(
                virtualService("page-d", "v1")
                        .replace("metadata:\n", "metadata:\n  labels: {paged: x}\n"));

        JsonNode second =
                json(manager.get(list + "&continue=" + first.at("/metadata/continue").asString()));

        assertThat(first.path("items")).hasSize(2);
        assertThat(first.at("/metadata/remainingItemCount").asInt()).isEqualTo(1);
        assertThat(second.path("items")).hasSize(1);
        assertThat(second.at("/items/0/metadata/name").asString())
                .as("as it was when the list began")
                .isEqualTo("page-c");
        assertThat(second.at("/metadata/resourceVersion"))
                .isEqualTo(first.at("/metadata/resourceVersion"));
    }

    @Test
    void deletesWhatIsSelected() {
        create(
                virtualService("sweep", "v1")
                        .replace("metadata:\n", "metadata:\n  labels: {sweep: x}\n"));
        create(virtualService("kept", "v1"));

        manager.send("DELETE", PATH + "?labelSelector=sweep", JSON, "");

        assertStatus(manager.get(PATH + "/sweep"), 404, "NotFound");
        assertThat(manager.get(PATH + "/kept").statusCode()).isEqualTo(200);
    }

    @Test
    void showsMetadataOnly() {
        create(virtualService("partial", "v1"));

        HttpResponse<String> answer =
                manager.send(
                        manager.request(PATH + "/partial")
                                .header(
                                        "Accept",
                                        "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1")
                                .build());

        assertThat(json(answer).path("kind").asString()).isEqualTo("PartialObjectMetadata");
        assertThat(answer.body()).doesNotContain("spec");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /apis/networking.istio.io/v2/virtualservices, 404",
        "GET, /apis/networking.istio.io/v1/nothing, 404",
        "GET, /apis/unknown.io, 404",
        "GET, /api/v1/pods, 404",
        "GET, /nothing, 404",
        "GET, /apis/networking.istio.io/v1/virtualservices/no-namespace, 404",
        "GET, /apis/networking.istio.io/v1/virtualservices?labelSelector=%3D%3D, 400",
        "GET, /apis/networking.istio.io/v1/virtualservices?fieldSelector=spec.x%3D1, 400",
        "GET, /apis/networking.istio.io/v1/virtualservices?limit=x, 400",
        "GET, /apis/networking.istio.io/v1/virtualservices?continue=x, 400",
        "GET, /apis/networking.istio.io/v1/virtualservices?resourceVersion=999999, 504",
        "GET, /apis/networking.istio.io/v1/virtualservices?watch=true&resourceVersion=999999, 410",
        "POST, /apis/networking.istio.io/v1/virtualservices, 405",
        "DELETE, /api/v1/namespaces, 405",
        "DELETE, /api/v1/namespaces/default, 403",
    })
    void saysWhatIsWrongWithARequest(String method, String path, int code) {
        HttpResponse<String> answer =
                manager.send(
                        method,
                        path,
                        YAML,
                        method.equals("POST") ? virtualService("anywhere", "v1") : "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code);
        assertThat(json(answer).path("kind").asString()).isEqualTo("Status");
        assertThat(json(answer).path("code").asInt()).isEqualTo(code);
    }

    @Test
    void describesItselfInOpenApi() {
        JsonNode index = json(manager.get("/openapi/v3")).path("paths");

        assertThat(index.propertyNames())
                .contains("api/v1", "apis/networking.istio.io/v1", "lateen/v1");
        for (JsonNode entry : index) {
            HttpResponse<String> document = manager.get(entry.path("serverRelativeURL").asString());
            assertThat(json(document).path("paths").propertyNames()).isNotEmpty();
        }
    }

    @Test
    void refusesWhatItDoesNotSpeak() {
        assertStatus(manager.send("POST", PATH, "text/csv", "a,b"), 415, "UnsupportedMediaType");
        assertStatus(
                manager.send(manager.request(PATH).header("Accept", "text/html").build()),
                406,
                "NotAcceptable");
        assertStatus(manager.send("POST", PATH, JSON, "{"), 400, "BadRequest");
        assertStatus(
                manager.send("POST", PATH, JSON, " ".repeat(3 * 1024 * 1024 + 1)),
                413,
                "RequestEntityTooLarge");
        assertStatus(
                manager.send(
                        "POST",
                        PATH,
                        YAML,
                        virtualService("a", "v1\\0").replace("v1\\0", "\"\\0\"")),
                400,
                "BadRequest");
    }

    private static HttpResponse<String> create(String yaml) {
        return manager.send("POST", PATH, YAML, yaml);
    }

    private static HttpResponse<String> replace(String name, String json) {
        return manager.send("PUT", PATH + "/" + name, JSON, json);
    }

    private static HttpResponse<String> patch(String name, String json) {
        return manager.send("PATCH", PATH + "/" + name, "application/merge-patch+json", json);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return MAPPER.readTree(answer.body());
    }

    private static Iterable<String> causes(HttpResponse<String> answer) {
        return json(answer)
                .at("/details/causes")
                .valueStream()
                .map(c -> c.path("field").asString(""))
                .toList();
    }

    private static void assertStatus(HttpResponse<String> answer, int code, String reason) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code);
        assertThat(json(answer).path("kind").asString()).isEqualTo("Status");
        assertThat(json(answer).path("reason").asString()).isEqualTo(reason);
        assertThat(json(answer).path("code").asInt()).isEqualTo(code);
    }
}
