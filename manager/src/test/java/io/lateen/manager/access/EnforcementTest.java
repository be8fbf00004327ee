package io.lateen.manager.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.lateen.manager.RunningManager;
import io.lateen.manager.ads.Departure;
import io.lateen.manager.ads.ProxyConnection;
import io.lateen.manager.fleet.Fleet;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.model.naming.NodeId;
import io.lateen.model.service.Locality;
import io.lateen.model.service.Workload;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Role × method × namespace, with tokens that a portal signed, against the running manager. */
@SuppressWarnings("NullAway.Init") // fields are set by JUnit
final class EnforcementTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

    private static final String RULES =
            "/apis/networking.istio.io/v1/namespaces/%s/virtualservices";
    private static final String ALL = "/apis/networking.istio.io/v1/virtualservices";

    static RunningManager manager;
    static HttpServer portal;
    static ECKey key;

    @BeforeAll
    static void start() throws JOSEException, IOException {
        key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        byte[] keys = new JWKSet(key).toString(true).getBytes(StandardCharsets.UTF_8);
        portal = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        portal.createContext(
                "/.well-known/jwks.json",
                exchange -> {
                    exchange.sendResponseHeaders(200, keys.length);
                    exchange.getResponseBody().write(keys);
                    exchange.close();
                });
        portal.start();
        manager =
                RunningManager.on(
                        DATABASE.url(),
                        "--lateen.access.jwks-uri=http://127.0.0.1:"
                                + portal.getAddress().getPort()
                                + "/.well-known/jwks.json");
        manager.send(
                "POST",
                "/api/v1/namespaces",
                "application/json",
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"shop\"}}");
        for (String namespace : List.of("default", "shop")) {
            manager.send(
                    "POST",
                    RULES.formatted(namespace),
                    "application/json",
                    rule(namespace, "kept", 7));
        }
    }

    @AfterAll
    static void stop() {
        manager.close();
        portal.stop(0);
    }

    @ParameterizedTest(name = "{0}: {1} in {2} is {3}")
    @CsvSource({
        "viewer@*, list, default, 200",
        "viewer@*, get, shop, 200",
        "viewer@*, create, default, 403",
        "viewer@*, replace, default, 403",
        "viewer@*, patch, default, 403",
        "viewer@*, delete, default, 403",
        "viewer@*, deletecollection, default, 403",
        "viewer@*, apply, default, 403",
        "viewer@default, get, default, 200",
        "viewer@default, get, shop, 403",
        "viewer@default, list, shop, 403",
        "viewer@default, watch, shop, 403",
        "operator@default, create, default, 201",
        "operator@default, replace, default, 200",
        "operator@default, patch, default, 200",
        "operator@default, delete, default, 200",
        "operator@default, apply, default, 200",
        "operator@default, list, shop, 403",
        "operator@default, create, shop, 403",
        "operator@default, replace, shop, 403",
        "operator@default, patch, shop, 403",
        "operator@default, delete, shop, 403",
        "operator@default, deletecollection, shop, 403",
        "operator@default, apply, shop, 403",
        "viewer@* operator@default, list, shop, 200",
        "viewer@* operator@default, create, shop, 403",
        "viewer@* operator@default, patch, shop, 403",
        "viewer@* operator@default, delete, shop, 403",
        "viewer@* operator@default, deletecollection, shop, 403",
        "viewer@* operator@default, apply, shop, 403",
        "operator@default, namespace, -, 403",
        "operator@*, create, shop, 201",
        "operator@*, namespace, -, 201",
        "approver@shop, patch, shop, 200",
        "admin@*, patch, shop, 200",
    })
    void judges(String grants, String action, String namespace, int expected) {
        HttpResponse<String> answer = act(grants, action, namespace);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
        if (expected == 403) {
            assertThat(answer.body())
                    .contains("\"kind\":\"Status\"", "\"reason\":\"Forbidden\"", "ada is ");
        }
    }

    @Test
    void saysWhichRoleWasFoundAndWhichIsNeededWhere() {
        HttpResponse<String> answer = act("viewer@* operator@default", "patch", "shop");

        assertThat(json(answer).path("message").asString())
                .isEqualTo(
                        "virtualservices.networking.istio.io \"kept\" is forbidden: ada is viewer"
                                + " everywhere, operator in default, expected operator in shop");
    }

    @Test
    void aListOfEveryNamespaceShowsThoseThatTheCallerMayRead() {
        JsonNode all = json(send("viewer@shop", "GET", ALL, ""));
        JsonNode namespaces = json(send("viewer@shop", "GET", "/api/v1/namespaces", ""));

        assertThat(
                        all.path("items")
                                .valueStream()
                                .map(item -> item.at("/metadata/namespace").asString()))
                .isNotEmpty()
                .containsOnly("shop");
        assertThat(
                        namespaces
                                .path("items")
                                .valueStream()
                                .map(item -> item.at("/metadata/name").asString()))
                .containsExactly("shop");
    }

    @Test
    void aFileAcrossNamespacesIsAppliedWholeOrNotAtAll() {
        String file = rule("default", "across", 1) + "\n---\n" + rule("shop", "across", 1);

        HttpResponse<String> refused = send("operator@default", "POST", "/lateen/v1/apply", file);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(manager.get(RULES.formatted("default") + "/across").statusCode()).isEqualTo(404);
        assertThat(send("operator@default+shop", "POST", "/lateen/v1/apply", file).statusCode())
                .isEqualTo(200);
    }

    @Test
    void theHistoryNamesTheUserAndTheRequestAndIsCutToWhatTheReaderMaySee() {
        send("operator@default", "PATCH", RULES.formatted("default") + "/kept", patch(2));
        send("operator@shop", "PATCH", RULES.formatted("shop") + "/kept", patch(2));

        JsonNode mine = json(send("viewer@default", "GET", "/lateen/v1/history?name=kept", ""));

        assertThat(mine.at("/items/0/actor").asString()).isEqualTo("ada");
        assertThat(mine.at("/items/0/requestId").asString()).isEqualTo("request-PATCH");
        assertThat(mine.at("/items/0/group").asString()).isEqualTo("networking.istio.io");
        assertThat(mine.path("items").valueStream().map(item -> item.path("namespace").asString()))
                .isNotEmpty()
                .containsOnly("default");
    }

    @Test
    void aTokenForAnotherProgramIsRefused() {
        HttpResponse<String> answer =
                manager.send(
                        HttpRequest.newBuilder(URI.create(manager.url() + ALL))
                                .header("Authorization", "Bearer " + token("admin@*", "mixer"))
                                .build());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("not for the manager");
    }

    @Test
    void ofSidecarsThatLagOnlyThoseAreNamedThatTheCallerMayRead() {
        Fleet fleet = manager.bean(Fleet.class);
        List<ProxyConnection> silent = List.of(silent("default"), silent("shop"));
        silent.forEach(fleet::connected);
        try {
            JsonNode mine = sidecars("viewer@shop");
            JsonNode all = sidecars("viewer@*");

            assertThat(mine.path("total").asInt()).isEqualTo(2);
            assertThat(mine.path("inForce").asInt()).isZero();
            assertThat(lagging(mine)).containsExactly(silent.get(1).proxy().id().toString());
            assertThat(lagging(all)).hasSize(2);
        } finally {
            silent.forEach(proxy -> fleet.disconnected(proxy, Departure.CLEAN));
        }
    }

    private static JsonNode sidecars(String grants) {
        return json(send(grants, "GET", "/lateen/v1/revisions/1", "")).path("sidecars");
    }

    private static List<String> lagging(JsonNode sidecars) {
        return sidecars.path("lagging")
                .valueStream()
                .map(each -> each.path("node").asString())
                .toList();
    }

    /** A sidecar of a workload in {@code namespace} that has not said yet what it has. */
    private static ProxyConnection silent(String namespace) {
        NodeId id =
                NodeId.parse(
                                "sidecar~127.0.1.3~silent."
                                        + namespace
                                        + "~"
                                        + namespace
                                        + ".svc.cluster.local")
                        .orElseThrow();
        Workload workload =
                new Workload(
                        "silent",
                        namespace,
                        "silent",
                        "",
                        Map.of(),
                        "Kubernetes",
                        Locality.UNKNOWN);
        Proxy proxy =
                new Proxy(
                        id, id.type(), "127.0.1.3", workload, "cluster.local", List.of(), Map.of());
        Instant now = Instant.now();
        return new ProxyConnection(id.toString(), proxy, "lateen-sidecar", now, now);
    }

    private static HttpResponse<String> act(String grants, String action, String namespace) {
        String rules = RULES.formatted(namespace);
        String fresh = "fresh-" + System.nanoTime();
        return switch (action) {
            case "list" -> send(grants, "GET", rules, "");
            case "watch" -> send(grants, "GET", rules + "?watch=true&timeoutSeconds=1", "");
            case "get" -> send(grants, "GET", rules + "/kept", "");
            case "create" -> send(grants, "POST", rules, rule(namespace, fresh, 1));
            case "replace" -> send(grants, "PUT", rules + "/kept", current(namespace));
            case "patch" -> send(grants, "PATCH", rules + "/kept", patch(3));
            case "delete" -> {
                manager.send("POST", rules, "application/json", rule(namespace, "doomed", 1));
                yield send(grants, "DELETE", rules + "/doomed", "");
            }
            case "deletecollection" -> send(grants, "DELETE", rules, "");
            case "apply" -> send(grants, "POST", "/lateen/v1/apply", rule(namespace, "applied", 1));
            case "namespace" ->
                    send(
                            grants,
                            "POST",
                            "/api/v1/namespaces",
                            "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\""
                                    + fresh
                                    + "\"}}");
            default -> throw new IllegalArgumentException(action);
        };
    }

    private static String current(String namespace) {
        return manager.get(RULES.formatted(namespace) + "/kept").body();
    }

    private static HttpResponse<String> send(
            String grants, String method, String path, String body) {
        return manager.send(
                HttpRequest.newBuilder(URI.create(manager.url() + path))
                        .header("Authorization", "Bearer " + token(grants, "manager"))
                        .header("x-request-id", "request-" + method)
                        .header(
                                "Content-Type",
                                method.equals("PATCH")
                                        ? "application/merge-patch+json"
                                        : path.startsWith("/lateen/")
                                                ? "application/yaml"
                                                : "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    /** {@code grants} as {@code role@namespace+namespace}. */
    private static String token(String grants, String audience) {
        Instant now = Instant.now();
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer("lateen-portal")
                        .subject("ada")
                        .audience(audience)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(60)))
                        .jwtID("1")
                        .claim(
                                "grants",
                                Arrays.stream(grants.split(" ", -1))
                                        .map(EnforcementTest::grant)
                                        .toList())
                        .build();
        try {
            var token = new SignedJWT(header(), claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWSHeader header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build();
    }

    private static Map<String, Object> grant(String text) {
        String[] parts = text.split("@", 2);
        return Map.of("role", parts[0], "namespaces", List.of(parts[1].split("\\+", -1)));
    }

    private static String patch(int seconds) {
        return "{\"spec\":{\"http\":[{\"timeout\":\""
                + seconds
                + "s\",\"route\":[{\"destination\":{\"host\":\"kept\"}}]}]}}";
    }

    private static String rule(String namespace, String name, int seconds) {
        return ("{\"apiVersion\":\"networking.istio.io/v1\",\"kind\":\"VirtualService\","
                        + "\"metadata\":{\"name\":\"%s\",\"namespace\":\"%s\"},\"spec\":{"
                        + "\"hosts\":[\"%s\"],\"http\":[{\"timeout\":\"%ds\","
                        + "\"route\":[{\"destination\":{\"host\":\"%s\"}}]}]}}")
                .formatted(name, namespace, name, seconds, name);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
