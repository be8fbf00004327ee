package io.lateen.manager.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.model.resource.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which of several resources for one host wins, and what is merged. */
final class MergingTest {

    private static final String SERVICES =
            """
            reviews.default:9080/http v1=127.0.1.3 v2=127.0.1.4
            ratings.default:9080/http v1=127.0.1.6
            other.elsewhere:9080/http v1=127.0.1.7
            """;

    private static final String REVIEWS = "reviews.default.svc.cluster.local";

    @Test
    void aSidecarKeepsToTheOldestVirtualServiceOfAHost() {
        ProxyConfiguration configuration =
                translate(
                        virtualService("b-older", "default", "reviews", "/older", "")
                                + virtualService(
                                        "a-younger", "default", "reviews", "/younger", ""));

        assertThat(reviews(configuration)).containsExactly("/older → reviews.default:9080");
        assertThat(configuration.findings())
                .extracting(finding -> finding.resource().name(), Finding::path)
                .containsExactly(tuple("a-younger", "spec.hosts[0]"));
    }

    @Test
    void aPrivateVirtualServiceBeatsAnExportedOneAndThatAPublicOne() {
        String host = REVIEWS;
        String isPublic = virtualService("public", "elsewhere", host, "/public", "");
        String isExported =
                virtualService("exported", "elsewhere", host, "/exported", "exportTo: [default]");
        String isPrivate = virtualService("private", "default", host, "/private", "exportTo: [.]");

        assertThat(reviews(translate(isPublic + isExported + isPrivate)))
                .containsExactly("/private → reviews.default:9080");
        assertThat(reviews(translate(isPublic + isExported)))
                .containsExactly("/exported → reviews.default:9080");
        assertThat(reviews(translate(isPublic))).containsExactly("/public → reviews.default:9080");
    }

    @Test
    void whatIsExportedElsewhereIsNotSeen() {
        String elsewhere =
                virtualService("elsewhere", "elsewhere", REVIEWS, "/no", "exportTo: [.]");
        String another =
                virtualService("another", "default", REVIEWS, "/no", "exportTo: [elsewhere]");

        assertThat(reviews(translate(elsewhere + another)))
                .containsExactly("/ → reviews.default:9080");
    }

    @Test
    void anExactHostBeatsAnOlderWildcardAndALongerWildcardAShorterOne() {
        String any = virtualService("any", "default", "\"*.local\"", "/any", "");
        String longer =
                virtualService("longer", "default", "\"*.svc.cluster.local\"", "/longer", "");
        String exact = virtualService("exact", "default", "reviews", "/exact", "");

        assertThat(reviews(translate(any + longer + exact)))
                .containsExactly("/exact → reviews.default:9080");
        assertThat(reviews(translate(any + longer)))
                .containsExactly("/longer → reviews.default:9080");
        assertThat(reviews(translate(any))).containsExactly("/any → reviews.default:9080");
    }

    @Test
    void oneFindingSaysThatAWildcardIsRoutedAlready() {
        String older = virtualService("older", "default", "\"*.cluster.local\"", "/older", "");
        String younger =
                virtualService("younger", "default", "\"*.cluster.local\"", "/younger", "");

        assertThat(translate(older + younger).findings())
                .as("and not one for each of the services that it covers")
                .singleElement()
                .satisfies(
                        finding ->
                                assertThat(finding.message())
                                        .startsWith("found host *.cluster.local,"));
    }

    @Test
    void aVirtualServiceWithoutARouteForThePortLeavesItToTheNext() {
        String otherPort =
                """
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: other-port}
                spec:
                  hosts: [reviews]
                  http:
                  - match: [{port: 81}]
                    route: [{destination: {host: ratings}}]
                """;

        assertThat(
                        reviews(
                                translate(
                                        otherPort
                                                + virtualService(
                                                        "next", "default", "reviews", "/next",
                                                        ""))))
                .containsExactly("/next → reviews.default:9080");
        assertThat(reviews(translate(otherPort))).containsExactly("/ → reviews.default:9080");
    }

    @Test
    void destinationRulesOfOneHostShareTheirSubsetsAndKeepTheOldestPolicy() {
        ProxyConfiguration configuration =
                translate(
                        destinationRule("first", "default", "reviews", "v1", "ROUND_ROBIN", "")
                                + destinationRule(
                                        "second", "default", "reviews", "v2", "RANDOM", ""));

        assertThat(configuration.clusters())
                .containsKeys("outbound|9080|v1|" + REVIEWS, "outbound|9080|v2|" + REVIEWS);
        assertThat(policyOf(configuration)).isEqualTo("ROUND_ROBIN first");
    }

    @Test
    void notSayingWhoMaySeeARuleMeansTheSameAsEveryone() {
        ProxyConfiguration configuration =
                translate(
                        destinationRule(
                                        "first",
                                        "default",
                                        "reviews",
                                        "v1",
                                        "RANDOM",
                                        "exportTo: [\"*\"]")
                                + destinationRule(
                                        "second", "default", "reviews", "v2", "RANDOM", ""));

        assertThat(configuration.clusters())
                .containsKeys("outbound|9080|v1|" + REVIEWS, "outbound|9080|v2|" + REVIEWS);
    }

    @Test
    void theClientsNamespaceComesBeforeTheServicesAndThatBeforeTheRoot() {
        String root = destinationRule("root", "istio-system", REVIEWS, "v1", "RANDOM", "");
        String service = destinationRule("service", "default", "reviews", "v1", "RANDOM", "");
        String client =
                destinationRule("client", "elsewhere", "\"*.cluster.local\"", "v1", "RANDOM", "");
        Proxy other = Proxies.sidecar("other", "elsewhere", Map.of("app", "other"));

        assertThat(policyOf(translate(root + service + client, other)))
                .as("a wildcard in the client's namespace beats an exact host elsewhere")
                .isEqualTo("RANDOM client");
        assertThat(policyOf(translate(root + service, other))).isEqualTo("RANDOM service");
        assertThat(policyOf(translate(root, other))).isEqualTo("RANDOM root");
    }

    @Test
    void aRuleForThisClientBeatsOneForAllAndARuleForOthersIsPassedOver() {
        String all = destinationRule("all", "default", "reviews", "v1", "ROUND_ROBIN", "");
        String mine =
                destinationRule(
                        "mine",
                        "default",
                        "reviews",
                        "v1",
                        "RANDOM",
                        "workloadSelector: {matchLabels: {app: productpage}}");
        String others =
                destinationRule(
                        "others",
                        "default",
                        "reviews",
                        "v1",
                        "LEAST_REQUEST",
                        "workloadSelector: {matchLabels: {app: ratings}}");

        assertThat(policyOf(translate(all + others + mine))).isEqualTo("RANDOM mine");
        assertThat(policyOf(translate(all + others))).isEqualTo("ROUND_ROBIN all");
    }

    @Test
    void settingsOfAPortReplaceAllBlocksAndASubsetOverridesBlockByBlock() {
        ProxyConfiguration configuration =
                translate(
                        """
                        ---
                        apiVersion: networking.istio.io/v1
                        kind: DestinationRule
                        metadata: {name: reviews}
                        spec:
                          host: reviews
                          trafficPolicy:
                            loadBalancer: {simple: RANDOM}
                            connectionPool: {tcp: {maxConnections: 7}}
                          subsets:
                          - name: v1
                            labels: {version: v1}
                            trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}
                          - name: v2
                            labels: {version: v2}
                            trafficPolicy:
                              portLevelSettings:
                              - port: {number: 9080}
                                loadBalancer: {simple: ROUND_ROBIN}
                        """);

        assertThat(balancingAndConnections(configuration, "v1")).isEqualTo("ROUND_ROBIN 7");
        assertThat(balancingAndConnections(configuration, "v2")).isEqualTo("ROUND_ROBIN -1");
        assertThat(balancingAndConnections(configuration, "")).isEqualTo("RANDOM 7");
    }

    @Test
    void ofTwoServicesOfOneNameTheOldestStandsAndOnlyItsOwnNamespaceAddsPorts() {
        String entries =
                entry("older", "default", 80, "127.0.3.1", "")
                        + entry("younger", "default", 81, "127.0.3.2", "")
                        + entry("foreign", "elsewhere", 82, "127.0.3.3", "");
        ProxyConfiguration configuration = translate(entries);

        assertThat(configuration.clusters())
                .containsKeys("outbound|80||shop.example.com", "outbound|81||shop.example.com")
                .doesNotContainKey("outbound|82||shop.example.com");
    }

    @Test
    void servicesOfOneNameInTwoNamespacesKeepTheirEndpointsApart() {
        String entries =
                entry("mine", "default", 80, "127.0.3.1", "exportTo: [.]")
                        + entry("theirs", "elsewhere", 80, "127.0.3.2", "exportTo: [.]");
        Proxy other = Proxies.sidecar("other", "elsewhere", Map.of("app", "other"));

        assertThat(addresses(translate(entries))).containsExactly("127.0.3.1");
        assertThat(addresses(translate(entries, other))).containsExactly("127.0.3.2");
    }

    @Test
    void findingsNameOnlyResourcesThatAreThere() {
        ProxyConfiguration configuration =
                translate(destinationRule("lost", "default", "nowhere", "v1", "RANDOM", ""));

        assertThat(configuration.findings())
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.resource().kind()).isEqualTo(Kind.DESTINATION_RULE);
                            assertThat(finding.path()).isEqualTo("spec.host");
                            assertThat(finding.message())
                                    .contains("nowhere.default.svc.cluster.local")
                                    .contains("correct the name");
                        });
    }

    private static ProxyConfiguration translate(String resources) {
        return translate(resources, Proxies.productpage());
    }

    private static ProxyConfiguration translate(String resources, Proxy proxy) {
        return Decisions.translate(MeshText.snapshot(SERVICES, resources), proxy);
    }

    private static List<String> reviews(ProxyConfiguration configuration) {
        return Decisions.routes(configuration, "9080", REVIEWS);
    }

    private static String policyOf(ProxyConfiguration configuration) {
        var cluster = XdsJson.cluster(configuration, "outbound|9080||" + REVIEWS);
        String path =
                cluster.getMetadata()
                        .getFilterMetadataOrThrow("istio")
                        .getFieldsOrThrow("config")
                        .getStringValue();
        return cluster.getLbPolicy() + " " + path.substring(path.lastIndexOf('/') + 1);
    }

    private static String balancingAndConnections(ProxyConfiguration configuration, String subset) {
        var cluster = XdsJson.cluster(configuration, "outbound|9080|" + subset + "|" + REVIEWS);
        return cluster.getLbPolicy()
                + " "
                + cluster.getCircuitBreakers().getThresholds(0).getMaxConnections().getValue();
    }

    private static List<String> addresses(ProxyConfiguration configuration) {
        return XdsJson.endpoints(configuration, "outbound|80||shop.example.com")
                .getEndpointsList()
                .stream()
                .flatMap(locality -> locality.getLbEndpointsList().stream())
                .map(
                        endpoint ->
                                endpoint.getEndpoint().getAddress().getSocketAddress().getAddress())
                .toList();
    }

    private static String virtualService(
            String name, String namespace, String host, String path, String more) {
        return """
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: %s, namespace: %s}
        spec:
          hosts: [%s]
          %s
          http:
          - match: [{uri: {prefix: %s}}]
            route: [{destination: {host: %s}}]
        """
                .formatted(name, namespace, host, more, path, REVIEWS);
    }

    private static String destinationRule(
            String name,
            String namespace,
            String host,
            String subset,
            String balancer,
            String more) {
        return """
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: %s, namespace: %s}
        spec:
          host: %s
          %s
          trafficPolicy: {loadBalancer: {simple: %s}}
          subsets: [{name: %s, labels: {version: %s}}]
        """
                .formatted(name, namespace, host, more, balancer, subset, subset);
    }

    private static String entry(
            String name, String namespace, int port, String address, String more) {
        return """
        ---
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: %s, namespace: %s}
        spec:
          hosts: [shop.example.com]
          %s
          ports: [{number: %d, name: http-%d, protocol: HTTP}]
          resolution: STATIC
          endpoints: [{address: %s}]
        """
                .formatted(name, namespace, more, port, port, address);
    }
}
