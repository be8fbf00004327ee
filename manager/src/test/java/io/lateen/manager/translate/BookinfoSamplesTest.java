package io.lateen.manager.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.testkit.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Istio's own sample rules, unchanged, translated for the sample application's proxies. */
final class BookinfoSamplesTest {

    private static final String SERVICES =
            """
            productpage.default:9080/http v1=127.0.1.1
            details.default:9080/http v1=127.0.1.2
            reviews.default:9080/http v1=127.0.1.3 v2=127.0.1.4 v3=127.0.1.5
            ratings.default:9080/http v1=127.0.1.6 v2=127.0.1.7
            mysqldb.default:3306/mysql v1=127.0.1.8
            """;

    private static final Proxy REVIEWS =
            Proxies.sidecar("reviews", "default", Map.of("app", "reviews", "version", "v2"));

    @Test
    void everyServiceGoesToItsFirstVersion() throws IOException {
        ProxyConfiguration configuration =
                translate(Proxies.productpage(), "virtual-service-all-v1.yaml");

        assertThat(routes(configuration, "reviews")).containsExactly("/ → reviews.default:9080/v1");
        assertThat(routes(configuration, "details")).containsExactly("/ → details.default:9080/v1");
        assertThat(routes(configuration, "ratings")).containsExactly("/ → ratings.default:9080/v1");
        assertThat(configuration.endpoints())
                .containsKey("outbound|9080|v1|reviews.default.svc.cluster.local");
    }

    @Test
    void weightsAreShared() throws IOException {
        assertThat(reviews("virtual-service-reviews-90-10.yaml"))
                .containsExactly("/ → reviews.default:9080/v1 90, reviews.default:9080/v2 10");
        assertThat(reviews("virtual-service-reviews-80-20.yaml"))
                .containsExactly("/ → reviews.default:9080/v1 80, reviews.default:9080/v2 20");
        assertThat(reviews("virtual-service-reviews-50-v3.yaml"))
                .containsExactly("/ → reviews.default:9080/v1 50, reviews.default:9080/v3 50");
        assertThat(reviews("virtual-service-reviews-v3.yaml"))
                .containsExactly("/ → reviews.default:9080/v3");
    }

    @Test
    void jasonIsServedApart() throws IOException {
        assertThat(reviews("virtual-service-reviews-jason-v2-v3.yaml"))
                .containsExactly(
                        "/ end-user=jason → reviews.default:9080/v2",
                        "/ → reviews.default:9080/v3");
    }

    @Test
    void ratingsAreDelayedForJasonAlone() throws IOException {
        ProxyConfiguration configuration =
                translate(REVIEWS, "virtual-service-ratings-test-delay.yaml");

        assertThat(routes(configuration, "ratings"))
                .containsExactly(
                        "/ end-user=jason → ratings.default:9080/v1",
                        "/ → ratings.default:9080/v1");
        List<Route> routes = host(configuration, "ratings");
        assertThat(fault(routes.getFirst()).getDelay().getFixedDelay().getSeconds()).isEqualTo(7);
        assertThat(fault(routes.getFirst()).getDelay().getPercentage().getNumerator())
                .isEqualTo(1_000_000);
        assertThat(routes.getLast().getTypedPerFilterConfigMap()).isEmpty();
    }

    @Test
    void detailsAreAborted() throws IOException {
        ProxyConfiguration configuration =
                translate(Proxies.productpage(), "fault-injection-details-v1.yaml");

        HTTPFault fault = fault(host(configuration, "details").getFirst());

        assertThat(fault.getAbort().getHttpStatus()).isEqualTo(555);
        assertThat(fault.getAbort().getPercentage().getNumerator()).isEqualTo(1_000_000);
    }

    @Test
    void ratingsFollowTheirDatabase() throws IOException {
        for (String file :
                List.of(
                        "virtual-service-ratings-mysql.yaml",
                        "virtual-service-ratings-mysql-vm.yaml")) {
            ProxyConfiguration configuration = translate(REVIEWS, file);

            assertThat(routes(configuration, "reviews"))
                    .as(file)
                    .containsExactly("/ → reviews.default:9080/v3");
            assertThat(routes(configuration, "ratings"))
                    .as(file)
                    .containsExactly(
                            "/ → ratings.default:9080/v2"
                                    + (file.contains("-vm") ? "-mysql-vm" : "-mysql"));
        }
    }

    @Test
    void detailsFollowASecondVersion() throws IOException {
        assertThat(
                        routes(
                                translate(Proxies.productpage(), "virtual-service-details-v2.yaml"),
                                "details"))
                .containsExactly("/ → details.default:9080/v2");
    }

    @Test
    void balancingFollowsTheDestinationRule() throws IOException {
        ProxyConfiguration configuration =
                translate(Proxies.productpage(), "destination-rule-reviews.yaml");

        assertThat(
                        List.of("v1", "v2", "v3").stream()
                                .map(
                                        subset ->
                                                XdsJson.cluster(
                                                                configuration,
                                                                "outbound|9080|"
                                                                        + subset
                                                                        + "|reviews.default.svc.cluster.local")
                                                        .getLbPolicy()
                                                        .name()))
                .containsOnly("RANDOM");
    }

    @Test
    void theGatewayLetsTheProductpagesPathsIn() throws IOException {
        ProxyConfiguration configuration = translate(Proxies.ingress(), "bookinfo-gateway.yaml");

        assertThat(configuration.listeners()).containsOnlyKeys("0.0.0.0_8080");
        assertThat(Decisions.routes(configuration, "http.8080", "*"))
                .containsExactly(
                        "/productpage → productpage.default:9080",
                        "/static → productpage.default:9080",
                        "/login → productpage.default:9080",
                        "/logout → productpage.default:9080",
                        "/api/v1/products → productpage.default:9080");
    }

    @Test
    void hostsOutsideTheMeshAreLookedUp() throws IOException {
        ProxyConfiguration configuration =
                Decisions.translate(
                        MeshText.snapshot(SERVICES, sample("egress-rule-google-apis.yaml")),
                        Proxies.productpage());

        assertThat(configuration.clusters()).containsKey("outbound|443||www.googleapis.com");
        assertThat(
                        XdsJson.cluster(configuration, "outbound|443||www.googleapis.com")
                                .getType()
                                .name())
                .isEqualTo("STRICT_DNS");
        assertThat(
                        XdsJson.cluster(configuration, "outbound|443||www.googleapis.com")
                                .hasTransportSocket())
                .as("called in TLS")
                .isTrue();
        assertThat(Decisions.routes(configuration, "80", "www.googleapis.com"))
                .containsExactly("/ → www.googleapis.com:443");
    }

    private static List<String> reviews(String file) throws IOException {
        return routes(translate(Proxies.productpage(), file), "reviews");
    }

    /** With the subsets that the samples' task page has applied first. */
    private static ProxyConfiguration translate(Proxy proxy, String file) throws IOException {
        return Decisions.translate(
                MeshText.snapshot(
                        SERVICES, sample("destination-rule-all.yaml") + "\n---\n" + sample(file)),
                proxy);
    }

    private static String sample(String file) throws IOException {
        return Files.readString(Corpus.require("samples/bookinfo/networking/" + file));
    }

    private static List<String> routes(ProxyConfiguration configuration, String service) {
        return Decisions.routes(configuration, "9080", service + ".default.svc.cluster.local");
    }

    private static List<Route> host(ProxyConfiguration configuration, String service) {
        return XdsJson.routes(configuration, "9080").getVirtualHostsList().stream()
                .filter(host -> host.getDomainsList().contains(service))
                .findFirst()
                .orElseThrow()
                .getRoutesList();
    }

    private static HTTPFault fault(Route route) throws IOException {
        return route.getTypedPerFilterConfigOrThrow("envoy.filters.http.fault")
                .unpack(HTTPFault.class);
    }
}
