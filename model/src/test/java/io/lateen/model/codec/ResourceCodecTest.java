package io.lateen.model.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.model.match.StringMatch;
import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.DestinationRule;
import io.lateen.model.resource.Gateway;
import io.lateen.model.resource.Headers;
import io.lateen.model.resource.HttpRoute;
import io.lateen.model.resource.Kind;
import io.lateen.model.resource.Metadata;
import io.lateen.model.resource.Percent;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.ServiceEntry;
import io.lateen.model.resource.VirtualService;
import io.lateen.model.service.Protocol;
import io.lateen.model.service.Resolution;
import io.lateen.model.validation.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ResourceCodecTest {

    private final ResourceCodec codec = new ResourceCodec();

    @Test
    void readsAVirtualServiceIntoTypedParts() {
        VirtualService rule =
                spec(
                        VirtualService.class,
                        """
                        apiVersion: networking.istio.io/v1
                        kind: VirtualService
                        metadata: {name: reviews, namespace: default, labels: {team: a}}
                        spec:
                          hosts: [Reviews, "*.example.com"]
                          gateways: [mesh, prod/edge]
                          http:
                          - name: jason
                            match:
                            - headers: {end-user: {exact: jason}, trace: {}, any: {regex: "*"}}
                              uri: {prefix: /api}
                              ignoreUriCase: true
                              port: 9080
                            route:
                            - destination: {host: reviews, subset: v2, port: {number: 9080}}
                              weight: 75
                            - destination: {host: reviews, subset: v3}
                              weight: 25
                              headers: {response: {remove: [server]}}
                            timeout: 1m30s
                            retries: {attempts: 3, perTryTimeout: 500ms, retryOn: "5xx, 503,reset"}
                            fault: {delay: {fixedDelay: 7s, percentage: {value: 0.5}}}
                            mirror: {host: shadow}
                            mirror_percent: 20
                        """);

        assertThat(rule.hosts())
                .containsExactly(new Hostname("reviews"), new Hostname("*.example.com"));
        assertThat(rule.appliesTo()).hasToString("[mesh, prod/edge]");
        HttpRoute route = rule.http().getFirst();
        assertThat(route.timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(route.headers()).isEqualTo(Headers.UNCHANGED);
        assertThat(route.route())
                .extracting(HttpRoute.HttpDestination::weight)
                .containsExactly(75, 25);
        assertThat(route.route().get(1).headers().response().remove()).containsExactly("server");
        assertThat(route.match().getFirst().headers())
                .containsExactly(
                        Map.entry("end-user", new StringMatch.Exact("jason")),
                        Map.entry("trace", new StringMatch.Present()),
                        Map.entry("any", new StringMatch.Present()));
        assertThat(route.retries()).isNotNull();
        assertThat(route.retries().conditions()).containsExactly("5xx", "503", "reset");
        assertThat(route.copies())
                .as("the oldest name of the share counts")
                .extracting(HttpRoute.Mirror::share)
                .containsExactly(new Percent(20));
    }

    @Test
    void fillsInWhatAbsenceMeans() {
        ServiceEntry entry =
                spec(
                        ServiceEntry.class,
                        """
                        apiVersion: networking.istio.io/v1beta1
                        kind: ServiceEntry
                        metadata: {name: google}
                        spec:
                          hosts: [www.google.com]
                          ports: [{number: 443, name: tls, protocol: tls}, {number: 80, name: web}]
                        """);

        assertThat(entry.resolution()).isEqualTo(Resolution.NONE);
        assertThat(entry.location()).isEqualTo(ServiceEntry.Location.MESH_EXTERNAL);
        assertThat(entry.ports())
                .extracting(ServiceEntry.Port::protocol)
                .containsExactly(Protocol.TLS, Protocol.UNDECLARED);
        assertThat(entry.endpoints()).isEmpty();
    }

    @Test
    void tellsAnEmptyBlockFromAnAbsentOne() {
        DestinationRule rule =
                spec(
                        DestinationRule.class,
                        """
                        apiVersion: networking.istio.io/v1
                        kind: DestinationRule
                        metadata: {name: reviews}
                        spec: {host: reviews, trafficPolicy: {outlierDetection: {}}}
                        """);

        assertThat(rule.trafficPolicy()).isNotNull();
        assertThat(rule.trafficPolicy().outlierDetection()).isNotNull();
        assertThat(rule.trafficPolicy().loadBalancer()).isNull();
    }

    @Test
    void readsEveryDocumentOfAText() {
        List<Decoded> decoded =
                codec.decodeAll(
                        """
                        # nothing here
                        ---
                        apiVersion: networking.istio.io/v1
                        kind: Gateway
                        metadata: {name: edge}
                        spec: {servers: [{port: {number: 80, name: web, protocol: HTTP}, hosts: ["*"]}]}
                        ---
                        ---
                        kind: List
                        apiVersion: v1
                        items:
                        - {apiVersion: networking.istio.io/v1, kind: WorkloadEntry,
                           metadata: {name: vm, namespace: prod}, spec: {address: 10.0.0.1}}
                        ---
                        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "x"}}
                        """);

        assertThat(decoded)
                .extracting(Decoded::subject)
                .containsExactly("Gateway edge", "WorkloadEntry prod/vm", "Deployment x");
        assertThat(decoded.get(2)).isInstanceOf(Decoded.Refused.class);
        assertThat(violations(decoded.get(2)))
                .singleElement()
                .extracting(Violation::message)
                .asString()
                .startsWith(
                        "kind: found \"Deployment\" of apps/v1, expected one of VirtualService");
    }

    @Test
    void saysWhereATextIsBroken() {
        List<Decoded> decoded =
                codec.decodeAll("apiVersion: v1\nkind: [unfinished\nmetadata: {}\n");

        assertThat(decoded).hasSize(1);
        assertThat(violations(decoded.getFirst()))
                .extracting(Violation::path)
                .containsExactly("line 3, column 9");
    }

    @Test
    void refusesAFieldWrittenTwice() {
        List<Decoded> decoded =
                codec.decodeAll(
                        """
                        apiVersion: networking.istio.io/v1
                        kind: DestinationRule
                        metadata: {name: a}
                        spec:
                          host: a
                          host: b
                        """);

        assertThat(violations(decoded.getFirst()))
                .singleElement()
                .extracting(Violation::found)
                .asString()
                .contains("duplicate key host");
    }

    @Test
    void readsJsonWithTabsAndEscapes() {
        Decoded decoded =
                only(
                        """
                        {
                        \t"apiVersion": "networking.istio.io/v1",
                        \t"kind": "WorkloadEntry",
                        \t"metadata": {"name": "vm", "annotations": {"note": "\\ud83d\\ude00"}},
                        \t"spec": {"address": "10.0.0.1"}
                        }
                        """);

        assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
        assertThat(((Decoded.Accepted) decoded).resource().metadata().annotations())
                .containsEntry("note", "\ud83d\ude00");
    }

    @Test
    void readsJsonDocumentsThatFollowEachOther() {
        String json =
                "{\"apiVersion\":\"networking.istio.io/v1\",\"kind\":\"WorkloadEntry\","
                        + "\"metadata\":{\"name\":\"vm\"},\"spec\":{\"address\":\"10.0.0.1\"}}";

        assertThat(codec.decodeAll(json + "\n" + json)).hasSize(2);
    }

    @Test
    void refusesATextThatContainsItself() {
        List<Decoded> decoded = codec.decodeAll("a: &a [*a]");

        assertThat(violations(decoded.getLast())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "- ", "{a: "})
    void refusesDocumentsThatAreTooDeep(String opening) {
        List<Decoded> decoded = codec.decodeAll(opening.repeat(50_000));

        assertThat(violations(decoded.getLast())).hasSize(1);
    }

    @Test
    void refusesATextThatGrowsWhenItsAnchorsAreFollowed() {
        StringBuilder text = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (char name = 'b'; name < 'k'; name++) {
            String before = "*" + (char) (name - 1);
            text.append(
                    "%s: &%s [%s]%n"
                            .formatted(
                                    name,
                                    name,
                                    String.join(", ", java.util.Collections.nCopies(9, before))));
        }

        List<Decoded> decoded = codec.decodeAll(text.toString());

        assertThat(decoded).hasSize(1);
        assertThat(decoded.getFirst()).isInstanceOf(Decoded.Refused.class);
    }

    @Test
    void followsAnchors() {
        DestinationRule rule =
                spec(
                        DestinationRule.class,
                        """
                        apiVersion: networking.istio.io/v1
                        kind: DestinationRule
                        metadata: {name: a}
                        spec:
                          host: a
                          subsets:
                          - {name: v1, labels: &labels {app: a}}
                          - {name: v2, labels: *labels}
                        """);

        assertThat(rule.subsets())
                .extracting(DestinationRule.Subset::labels)
                .containsOnly(Map.of("app", "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v1beta1", "v1alpha3"})
    void readsEveryVersionOfAKind(String version) {
        Decoded decoded = only(WORKLOAD.replace("/v1", "/" + version));

        assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
    }

    @Test
    void namesTheVersionsOfAKindThatIsKnown() {
        Decoded decoded = only(WORKLOAD.replace("/v1", "/v2"));

        assertThat(violations(decoded))
                .extracting(Violation::message)
                .containsExactly(
                        "apiVersion: found \"networking.istio.io/v2\", expected networking.istio.io/"
                                + " and one of v1, v1beta1, v1alpha3; write networking.istio.io/v1");
    }

    @Test
    void readsAnUnquotedAddressThatYamlTakesForAMap() {
        Decoded decoded =
                only(
                        """
                        apiVersion: networking.istio.io/v1
                        kind: ServiceEntry
                        metadata: {name: a}
                        spec:
                          hosts: [a.com]
                          addresses:
                          - 2001:db8::
                          - 10.0.0.1
                        """);

        assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
        Decoded.Accepted accepted = (Decoded.Accepted) decoded;
        assertThat(((ServiceEntry) accepted.resource().spec()).addresses())
                .containsExactly("2001:db8::", "10.0.0.1");
        assertThat(accepted.document().at("/spec/addresses/0").asString()).isEqualTo("2001:db8::");
        assertThat(accepted.warnings())
                .containsExactly(
                        "spec.addresses[0]: is read as the address \"2001:db8::\"; put it in quotes");
    }

    @Test
    void keepsTheDocumentAsItsAuthorWroteIt() {
        Decoded.Accepted accepted =
                (Decoded.Accepted)
                        only(
                                """
                                apiVersion: networking.istio.io/v1alpha3
                                kind: VirtualService
                                metadata: {name: a, finalizers: [x], annotations: {note: b}}
                                spec:
                                  hosts: [A]
                                  tcp: null
                                  http: [{route: [{destination: {host: a}, weight: 0}], timeout: 0.50s}]
                                """);

        assertThat(accepted.document())
                .hasToString(
                        "{\"apiVersion\":\"networking.istio.io/v1alpha3\",\"kind\":\"VirtualService\","
                                + "\"metadata\":{\"name\":\"a\",\"finalizers\":[\"x\"],"
                                + "\"annotations\":{\"note\":\"b\"}},\"spec\":{\"hosts\":[\"A\"],"
                                + "\"http\":[{\"route\":[{\"destination\":{\"host\":\"a\"},\"weight\":0}],"
                                + "\"timeout\":\"0.50s\"}]}}");
    }

    @Test
    void writesAResourceInItsShortestForm() {
        Decoded.Accepted accepted =
                (Decoded.Accepted)
                        only(
                                """
                                apiVersion: networking.istio.io/v1alpha3
                                kind: VirtualService
                                metadata: {name: a, namespace: b}
                                spec:
                                  hosts: [A]
                                  tcp: []
                                  http:
                                  - match: [{headers: {x: {}}}]
                                    route: [{destination: {host: a}, weight: 0}]
                                    timeout: 500ms
                                """);
        Resource resource =
                accepted.resource()
                        .withMetadata(
                                new Metadata(
                                        "b",
                                        "a",
                                        "u-1",
                                        42,
                                        2,
                                        Instant.parse("2026-11-22T08:00:00Z"),
                                        Map.of("l", "1"),
                                        Map.of()));

        assertThat(codec.encode(resource))
                .hasToString(
                        "{\"apiVersion\":\"networking.istio.io/v1\",\"kind\":\"VirtualService\","
                                + "\"metadata\":{\"name\":\"a\",\"namespace\":\"b\",\"uid\":\"u-1\","
                                + "\"resourceVersion\":\"42\",\"generation\":2,"
                                + "\"creationTimestamp\":\"2026-11-22T08:00:00Z\",\"labels\":{\"l\":\"1\"}},"
                                + "\"spec\":{\"hosts\":[\"a\"],\"http\":[{\"match\":[{\"headers\":{\"x\":{}}}],"
                                + "\"route\":[{\"destination\":{\"host\":\"a\"}}],\"timeout\":\"0.5s\"}]}}");
        assertThat(codec.decode(codec.encode(resource)))
                .isInstanceOfSatisfying(
                        Decoded.Accepted.class,
                        again -> assertThat(again.resource()).isEqualTo(resource));
    }

    @Test
    void readsASpecThatWasAcceptedBeforeWithoutJudgingIt() {
        Decoded.Accepted accepted = (Decoded.Accepted) only(WORKLOAD);
        JsonNode spec = accepted.document().path("spec");

        assertThat(codec.decodeSpec(Kind.WORKLOAD_ENTRY, spec))
                .isEqualTo(accepted.resource().spec());
    }

    @Test
    void namesAnUnknownFieldAndTheNearestKnownOne() {
        String typo = WORKLOAD.replace("address", "adress");

        assertThat(violations(only(typo)))
                .extracting(Violation::message)
                .contains(
                        "spec.adress: found unknown field, expected one of the fields of"
                                + " WorkloadEntry; did you mean `address`?");
    }

    @Test
    void leavesUnknownFieldsOutWhereTheCallerToleratesThem() {
        String more = WORKLOAD.replace("{address", "{colour: red, address");

        Decoded warned = codec.decodeAll(more, UnknownFields.WARNED_OF).getFirst();
        Decoded ignored = codec.decodeAll(more, UnknownFields.IGNORED).getFirst();

        assertThat(warned)
                .isInstanceOfSatisfying(
                        Decoded.Accepted.class,
                        accepted -> {
                            assertThat(accepted.document().path("spec").has("colour")).isFalse();
                            assertThat(accepted.warnings())
                                    .singleElement()
                                    .asString()
                                    .startsWith("spec.colour: unknown field, left out");
                        });
        assertThat(ignored)
                .isInstanceOfSatisfying(
                        Decoded.Accepted.class,
                        accepted -> assertThat(accepted.warnings()).isEmpty());
    }

    @Test
    void readsAGatewaysHostsWithTheirNamespaces() {
        Gateway gateway =
                spec(
                        Gateway.class,
                        """
                        apiVersion: networking.istio.io/v1
                        kind: Gateway
                        metadata: {name: edge, namespace: prod}
                        spec:
                          selector: {istio: ingressgateway}
                          servers:
                          - port: {number: 8080, name: http, protocol: HTTP}
                            hosts: ["*.example.com", ./own.com, other/x.com]
                        """);

        List<Gateway.GatewayHost> hosts = gateway.servers().getFirst().hosts();
        assertThat(hosts)
                .extracting(host -> host.admits("prod", "prod"))
                .containsExactly(true, true, false);
        assertThat(hosts)
                .extracting(host -> host.admits("other", "prod"))
                .containsExactly(true, false, true);
    }

    private static final String WORKLOAD =
            """
            apiVersion: networking.istio.io/v1
            kind: WorkloadEntry
            metadata: {name: vm}
            spec: {address: 10.0.0.1, locality: eu/a}
            """;

    private Decoded only(String text) {
        List<Decoded> decoded = codec.decodeAll(text);
        assertThat(decoded).hasSize(1);
        return decoded.getFirst();
    }

    private <T> T spec(Class<T> type, String text) {
        Decoded decoded = only(text);
        assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
        return type.cast(((Decoded.Accepted) decoded).resource().spec());
    }

    private static List<Violation> violations(Decoded decoded) {
        return decoded instanceof Decoded.Refused refused ? refused.violations() : List.of();
    }
}
