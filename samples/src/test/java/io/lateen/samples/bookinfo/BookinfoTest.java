package io.lateen.samples.bookinfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BookinfoTest {

    @ParameterizedTest
    @CsvSource({"v1,none", "v2,black", "v3,red"})
    void showsTheStarsOfEachVersionOfReviews(String version, String colour) throws Exception {
        try (RunningService ratings = RunningService.start("ratings", "v1", Map.of());
                RunningService reviews =
                        RunningService.start(
                                "reviews", version, Map.of("RATINGS_URL", ratings.url()))) {

            String document = reviews.get("/reviews/0").body();

            assertThat(document).contains("\"version\":\"" + version + "\"", "reviews-" + version);
            if (colour.equals("none")) {
                assertThat(document).doesNotContain("rating");
            } else {
                assertThat(document).contains("{\"stars\":5,\"color\":\"" + colour + "\"}");
            }
        }
    }

    @Test
    void putsThePageTogetherFromTheServicesBehindIt() throws Exception {
        try (RunningService ratings = RunningService.start("ratings", "v1", Map.of());
                RunningService details = RunningService.start("details", "v1", Map.of());
                RunningService reviews =
                        RunningService.start(
                                "reviews", "v3", Map.of("RATINGS_URL", ratings.url()));
                RunningService page = page(details.url(), reviews.url())) {

            HttpResponse<String> response = page.get("/productpage");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body())
                    .contains("The Comedy of Errors", "123-1234567890", "details-v1-", "reviews-v3")
                    .contains("class=\"stars red\"", "aria-label=\"4 of 5 stars\"")
                    .contains("action=\"/login\"");
        }
    }

    @Test
    void saysOnThePageWhyReviewsAreMissing() throws Exception {
        Endpoint sidecarThatRefuses =
                call ->
                        Answer.json(503, Map.of())
                                .with("x-lateen-reason", "UH: no healthy <endpoint> of reviews");
        try (RunningService details = RunningService.start("details", "v1", Map.of());
                RunningService reviews = RunningService.start(sidecarThatRefuses);
                RunningService page = page(details.url(), reviews.url())) {

            String html = page.get("/productpage").body();

            assertThat(html)
                    .contains("Error fetching product reviews")
                    .contains("status 503: UH: no healthy &lt;endpoint&gt; of reviews")
                    .contains("PublisherA");
            HttpResponse<String> api = page.get("/api/v1/products/0/reviews");
            assertThat(api.statusCode()).isEqualTo(503);
            assertThat(api.body()).contains("Sorry, product reviews are currently unavailable");
        }
    }

    @Test
    void saysInEachReviewWhyRatingsAreMissing() throws Exception {
        try (RunningService reviews =
                RunningService.start(
                        "reviews", "v2", Map.of("RATINGS_URL", "http://127.0.0.1:1"))) {

            String document = reviews.get("/reviews/0").body();

            assertThat(document)
                    .contains("\"error\":\"Ratings service is currently unavailable\"", "reason");
        }
    }

    @Test
    void tellsTheServicesBehindWhoIsSignedInAndWhichTraceItIs() throws Exception {
        List<Map<String, List<String>>> seen = new CopyOnWriteArrayList<>();
        Endpoint recorder =
                call -> {
                    seen.add(call.headers());
                    return Answer.json(200, Map.of());
                };
        try (RunningService behind = RunningService.start(recorder);
                RunningService page = page(behind.url(), behind.url())) {
            HttpResponse<String> signIn = page.post("/login", "username=jason&passwd=");
            String cookie = signIn.headers().firstValue("set-cookie").orElseThrow();

            String html =
                    page.get(
                                    "/productpage",
                                    "cookie",
                                    cookie.substring(0, cookie.indexOf(';')),
                                    "x-request-id",
                                    "r-1",
                                    "traceparent",
                                    "00-1-2-01",
                                    "x-b3-traceid",
                                    "abc")
                            .body();

            assertThat(signIn.statusCode()).isEqualTo(302);
            assertThat(html).contains("<strong id=\"user\">jason</strong>");
            assertThat(seen)
                    .hasSize(2)
                    .allSatisfy(
                            headers ->
                                    assertThat(headers)
                                            .containsEntry("end-user", List.of("jason"))
                                            .containsEntry("x-request-id", List.of("r-1"))
                                            .containsEntry("traceparent", List.of("00-1-2-01"))
                                            .containsEntry("x-b3-traceid", List.of("abc"))
                                            .doesNotContainKey("cookie"));
        }
    }

    @Test
    void callsThroughTheProxyOfTheEnvironmentUnderTheServicesName() throws Exception {
        List<String> hosts = new CopyOnWriteArrayList<>();
        Endpoint sidecar =
                call -> {
                    hosts.add(call.header("host").orElse("none") + call.path());
                    return Answer.json(200, Map.of("ratings", Map.of("Reviewer1", 3)));
                };
        try (RunningService proxy = RunningService.start(sidecar);
                RunningService reviews =
                        RunningService.start("reviews", "v2", Map.of("HTTP_PROXY", proxy.url()))) {

            String document = reviews.get("/reviews/7").body();

            assertThat(document).contains("\"stars\":3");
            assertThat(hosts).containsExactly("ratings:9080/ratings/7");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/health,200",
        "/,302",
        "/api/v1/products,200",
        "/api/v1/products/one,400",
        "/api/v1/products/0/prices,404",
        "/static/bookinfo.css,200",
        "/static/../Bookinfo.class,404",
        "/elsewhere,404"
    })
    void answersEachOfItsPaths(String path, int status) throws Exception {
        try (RunningService page = page("http://127.0.0.1:1", "http://127.0.0.1:1")) {

            assertThat(page.get(path).statusCode()).isEqualTo(status);
        }
    }

    private static RunningService page(String details, String reviews) throws IOException {
        return RunningService.start(
                "productpage", "v1", Map.of("DETAILS_URL", details, "REVIEWS_URL", reviews));
    }
}
