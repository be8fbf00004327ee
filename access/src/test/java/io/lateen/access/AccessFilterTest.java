package io.lateen.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.testkit.clock.ManualClock;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The way in: which requests pass, as whom, and what the others are told. */
final class AccessFilterTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final ManualClock clock = new ManualClock(NOW);
    private final Portal portal = new Portal();
    private final AdminToken admin;
    private final AccessFilter filter;

    AccessFilterTest(@TempDir Path state) {
        admin = AdminToken.in(state, new SecureRandom());
        var keys = new SigningKeys(new HttpKeySource(portal.keySet(), Optional.empty()), clock);
        var signed = new SignedTokens("manager", keys, Duration.ZERO, clock);
        filter =
                new AccessFilter(
                        AccessPolicy.open("/livez").writing("/tokens", Role.ADMIN),
                        new Credentials(signed, List.of(admin)));
    }

    @AfterEach
    void stop() {
        portal.close();
    }

    @ParameterizedTest(name = "{0} {1} by {2}: {3}")
    @CsvSource({
        "GET, /livez, nobody, 200",
        "GET, /apis, nobody, 401",
        "POST, /livez, nobody, 401",
        "GET, /apis, guesser, 401",
        "GET, /apis, user, 200",
        "POST, /apis, user, 200",
        "POST, /tokens, user, 403",
        "GET, /tokens, user, 200",
        "POST, /tokens, admin, 200",
        "GET, /apis, admin, 200",
        "GET, /apis, admin-by-basic, 200",
        "GET, /apis, user-by-basic, 200",
        "GET, /apis, expired, 401",
    })
    void lets(String method, String path, String who, int expected)
            throws ServletException, IOException {
        var chain = new MockFilterChain();

        MockHttpServletResponse answer = ask(method, path, authorization(who), chain);

        assertThat(answer.getStatus()).isEqualTo(expected);
        assertThat(chain.getRequest() != null).as("passed on").isEqualTo(expected == 200);
    }

    @Test
    void tellsThatARoleIsMissing() throws ServletException, IOException {
        MockHttpServletResponse answer =
                ask("DELETE", "/tokens/7", authorization("user"), new MockFilterChain());

        assertThat(answer.getContentAsString())
                .contains(
                        "\"kind\":\"Status\"",
                        "\"reason\":\"Forbidden\"",
                        "ada is viewer everywhere, operator in default, expected admin or more to"
                                + " DELETE /tokens/7");
    }

    @Test
    void handsTheCallerAndTheRequestsNameOn() throws ServletException, IOException {
        var chain = new MockFilterChain();
        var request = request("GET", "/apis", authorization("user"));
        request.addHeader("x-request-id", "abc-123");
        var response = new MockHttpServletResponse();

        filter.doFilter(request, response, chain);

        assertThat(Caller.of(request).actor()).isEqualTo("ada");
        assertThat(RequestId.of(request)).isEqualTo("abc-123");
        assertThat(response.getHeader("x-request-id")).isEqualTo("abc-123");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "line\nbreak", "übung"})
    void givesARequestANameThatBringsNone(String brought) throws ServletException, IOException {
        var request = request("GET", "/livez", null);
        request.addHeader("x-request-id", brought);
        var response = new MockHttpServletResponse();

        filter.doFilter(request, response, new MockFilterChain());

        assertThat(response.getHeader("x-request-id")).hasSize(36).isNotEqualTo(brought);
    }

    private MockHttpServletResponse ask(
            String method, String path, @Nullable String authorization, MockFilterChain chain)
            throws ServletException, IOException {
        var response = new MockHttpServletResponse();
        filter.doFilter(request(method, path, authorization), response, chain);
        return response;
    }

    private static MockHttpServletRequest request(
            String method, String path, @Nullable String authorization) {
        var request = new MockHttpServletRequest(method, path);
        if (authorization != null) {
            request.addHeader("Authorization", authorization);
        }
        return request;
    }

    private @Nullable String authorization(String who) {
        String token = portal.sign(Portal.claims(NOW).build());
        return switch (who) {
            case "nobody" -> null;
            case "guesser" -> "Bearer guessed";
            case "user" -> "Bearer " + token;
            case "user-by-basic" -> basic(token);
            case "admin" -> "Bearer " + admin.value();
            case "admin-by-basic" -> basic(admin.value());
            case "expired" -> "Bearer " + portal.sign(Portal.claims(NOW.minusSeconds(60)).build());
            default -> throw new IllegalArgumentException(who);
        };
    }

    private static String basic(String token) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString(("lateen:" + token).getBytes(StandardCharsets.UTF_8));
    }
}
