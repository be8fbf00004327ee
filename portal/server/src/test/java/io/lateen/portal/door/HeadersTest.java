package io.lateen.portal.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.portal.Browser;
import io.lateen.portal.RunningPortal;
import io.lateen.portal.SharedPortal;
import io.lateen.testkit.golden.Golden;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The security headers, and how the page is served. */
final class HeadersTest {
    private static final Pattern NONCE = Pattern.compile("'nonce-([^']+)'");
    private static final Set<String> CHANGING =
            Set.of("content-length", "date", "x-request-id", "transfer-encoding", "set-cookie");

    private final Browser browser = SharedPortal.PORTAL.browser();

    @Test
    void everyAnswerCarriesTheSameStrictHeaders() {
        String page = headers(browser.get("/"));
        Golden.in("door").matches("headers.txt", page);
        List<Browser.Answer> others =
                List.of(
                        browser.get("/graph/default"),
                        browser.get("/api/v1/session"),
                        browser.get("/api/v1/nothing"),
                        browser.get("/no-such-file.js"),
                        browser.post("/api/v1/session", "nonsense"),
                        SharedPortal.admin().get("/api/v1/users"),
                        SharedPortal.admin().get("/api/manager/nothing"));
        for (Browser.Answer answer : others) {
            assertThat(headers(answer)).as(answer.raw().uri().getPath()).isEqualTo(page);
        }
    }

    @Test
    void thePolicyHasNoWayAroundIt() {
        String policy = browser.get("/").header("content-security-policy");

        assertThat(policy)
                .doesNotContain("unsafe-inline", "unsafe-eval", "*", "http:", "https:")
                .contains("default-src 'none'", "require-trusted-types-for 'script'");
    }

    @Test
    void theNonceIsNewEachTimeAndTheOneInThePage() {
        Browser.Answer one = browser.get("/services");
        Browser.Answer other = browser.get("/services");

        assertThat(nonce(one)).isNotEqualTo(nonce(other)).hasSizeGreaterThanOrEqualTo(22);
        assertThat(one.raw().body()).doesNotContain("__CSP_NONCE__");
        assertThat(one.header("content-type")).startsWith("text/html");
        assertThat(one.header("cache-control")).isEqualTo("no-store");
    }

    @Test
    void behindTlsCookiesAreForThisHostAndTlsAlone() {
        try (RunningPortal portal =
                        RunningPortal.on(
                                EmbeddedDatabase.fresh(),
                                "--lateen.portal.public-url=https://mesh.example");
                Browser remote = portal.browser()) {
            Browser.Answer first = remote.get("/api/v1/sign-in-methods");
            assertThat(first.header("strict-transport-security")).isEqualTo("max-age=31536000");
            String token = cookie(first, "XSRF-TOKEN");
            assertThat(token).contains("Secure", "SameSite=Lax");
            String value = token.substring(token.indexOf('=') + 1, token.indexOf(';'));

            Browser.Answer answer =
                    remote.send(
                            remote.request("/api/v1/session")
                                    .header("Content-Type", "application/json")
                                    .header("Origin", "https://mesh.example")
                                    .header("Cookie", "XSRF-TOKEN=" + value)
                                    .header("X-XSRF-TOKEN", value)
                                    .POST(
                                            BodyPublishers.ofString(
                                                    "{\"user\":\"admin\",\"password\":\""
                                                            + portal.initialPassword()
                                                            + "\"}"))
                                    .build());

            assertThat(answer.status()).isEqualTo(200);
            assertThat(cookie(answer, "__Host-lateen"))
                    .contains("Secure", "HttpOnly", "Path=/")
                    .doesNotContain("Domain");
        }
    }

    @Test
    void violationsOfThePolicyAreTakenFromAnybody() {
        Browser.Answer answer =
                browser.send(
                        browser.request("/api/v1/csp-report")
                                .header("Content-Type", "application/csp-report")
                                .POST(BodyPublishers.ofString("{\"csp-report\":{}}"))
                                .build());

        assertThat(answer.status()).isEqualTo(204);
    }

    @Test
    void probesSayUpAndNothingElse() {
        assertThat(browser.get("/actuator/health/readiness").json().toString())
                .isEqualTo("{\"status\":\"UP\"}");
        assertThat(browser.get("/actuator/prometheus").status()).isEqualTo(401);
        assertThat(browser.get("/actuator/env").status()).isEqualTo(404);
    }

    private static String headers(Browser.Answer answer) {
        var sorted = new TreeMap<String, String>();
        answer.raw()
                .headers()
                .map()
                .forEach((name, values) -> sorted.put(name, String.join(", ", values)));
        Set<String> ofTheBody = Set.of("content-type", "vary", "retry-after");
        return sorted.entrySet().stream()
                        .filter(entry -> !CHANGING.contains(entry.getKey()))
                        .filter(entry -> !ofTheBody.contains(entry.getKey()))
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .map(line -> NONCE.matcher(line).replaceAll("'nonce-N'"))
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    private static String nonce(Browser.Answer answer) {
        Matcher found = NONCE.matcher(answer.header("content-security-policy"));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static String cookie(Browser.Answer answer, String name) {
        return answer.raw().headers().allValues("set-cookie").stream()
                .filter(value -> value.startsWith(name + "="))
                .findFirst()
                .orElse("");
    }
}
