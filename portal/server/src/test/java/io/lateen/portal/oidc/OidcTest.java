package io.lateen.portal.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lateen.portal.Browser;
import io.lateen.portal.RunningPortal;
import io.lateen.portal.caller.Grant;
import io.lateen.portal.caller.Role;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Signing in at Spring Authorization Server, as a browser does it. */
final class OidcTest {
    private static final Pattern HIDDEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]*)\"");

    private static final int PORT = freePort();
    private static final String URL = "http://127.0.0.1:" + PORT;
    private static final ConfigurableApplicationContext PROVIDER = Provider.start(URL);
    private static final String ISSUER =
            "http://localhost:" + PROVIDER.getEnvironment().getProperty("local.server.port");
    private static final RunningPortal PORTAL =
            RunningPortal.on(
                    EmbeddedDatabase.fresh(),
                    "--server.port=" + PORT,
                    "--lateen.portal.public-url=" + URL,
                    "--lateen.portal.oidc.issuer=" + ISSUER,
                    "--lateen.portal.oidc.name=Our directory",
                    "--lateen.portal.oidc.client-id=" + Provider.CLIENT,
                    "--lateen.portal.oidc.client-secret=" + Provider.SECRET,
                    "--lateen.portal.oidc.grants.shop-team=viewer operator@shop,cart");

    @AfterAll
    static void stop() {
        PORTAL.close();
        PROVIDER.close();
    }

    @Test
    void thePageIsToldOfTheProvider() {
        assertThat(PORTAL.browser().get("/api/v1/sign-in-methods").json().toString())
                .isEqualTo(
                        "{\"local\":true,\"providers\":[{\"name\":\"Our directory\",\"href\":\"/oauth2/authorization/oidc\"}]}");
    }

    @Test
    void groupsBecomeRolesAndTheLinkThatWasFollowedIsKept() {
        try (Browser browser = PORTAL.browser()) {
            Browser.Answer arrived = signIn(browser, "alice", "/services?window=1m");

            assertThat(arrived.header("location")).isEqualTo("/services?window=1m");
            var session = browser.get("/api/v1/session").json();
            assertThat(session.path("user").asString("")).isEqualTo("oidc:alice");
            assertThat(session.path("signIn").asString("")).isEqualTo("oidc");
            assertThat(session.path("grants").toString())
                    .isEqualTo(
                            "[{\"role\":\"viewer\",\"namespaces\":[\"*\"]},{\"role\":\"operator\",\"namespaces\":[\"shop\",\"cart\"]}]");
            assertThat(browser.change("DELETE", "/api/v1/session", null).status()).isEqualTo(204);
            assertThat(browser.get("/api/v1/session").status()).isEqualTo(401);
        }
    }

    @Test
    void whoIsInNoGroupWithARoleStaysOutside() {
        try (Browser browser = PORTAL.browser();
                Browser admin = PORTAL.administrator()) {
            Browser.Answer arrived = signIn(browser, "bob", "/");

            assertThat(arrived.header("location")).isEqualTo("/sign-in?error=no-role");
            assertThat(browser.get("/api/v1/session").status()).isEqualTo(401);
            assertThat(
                            admin.get("/api/v1/audit?user=oidc:bob&outcome=failed")
                                    .json()
                                    .path("items")
                                    .size())
                    .isOne();
        }
    }

    @Test
    void theRequestCarriesProofKeyStateAndNonce() {
        try (Browser browser = PORTAL.browser()) {
            String location = browser.get("/oauth2/authorization/oidc").header("location");

            assertThat(location)
                    .startsWith(ISSUER)
                    .contains(
                            "response_type=code",
                            "code_challenge_method=S256",
                            "code_challenge=",
                            "state=",
                            "nonce=")
                    .contains("redirect_uri=" + URL + "/login/oauth2/code/oidc");
        }
    }

    @Test
    void anAnswerThatBelongsToAnotherBrowserIsNotTaken() {
        try (Browser victim = PORTAL.browser();
                Browser attacker = PORTAL.browser()) {
            String callback = toCallback(attacker, "alice", "/");

            Browser.Answer planted = victim.get(callback);

            assertThat(planted.header("location")).isEqualTo("/sign-in?error=provider");
            assertThat(victim.get("/api/v1/session").status()).isEqualTo(401);
            assertThat(attacker.get(callback).header("location")).isEqualTo("/");
            try (Browser later = PORTAL.browser()) {
                assertThat(later.get(callback).header("location"))
                        .as("it is taken once")
                        .isEqualTo("/sign-in?error=provider");
            }
        }
    }

    @Test
    void pathsOfOthersAreNotReturnedTo() {
        for (String path :
                new String[] {
                    "https://evil.example",
                    "//evil.example",
                    "/\\evil.example",
                    "\\\\evil",
                    "javascript:1",
                    "",
                    "/%0d%0aX: y\r\n"
                }) {
            assertThat(OidcRequests.ownPath(path)).as(path).isEqualTo("/");
        }
        assertThat(OidcRequests.ownPath(null)).isEqualTo("/");
        assertThat(OidcRequests.ownPath("/graph?window=5m&scope=shop"))
                .isEqualTo("/graph?window=5m&scope=shop");
    }

    @Test
    void withoutGrantsGroupsNamedAfterTheMeshsRolesHaveThem() {
        OidcSettings settings =
                new OidcSettings(
                        "https://id.example.com",
                        "SSO",
                        "lateen-portal",
                        "",
                        null,
                        List.of("openid"),
                        "sub",
                        "groups",
                        Map.of());

        GroupGrants groups = new GroupGrants(settings.grants());

        assertThat(groups.of(List.of("lateen-operator", "staff")).all())
                .containsExactly(Grant.everywhere(Role.OPERATOR));
        assertThat(groups.of(List.of("operator", "admin")).all()).isEmpty();
    }

    @Test
    void rolesThatCannotBeReadAreRefusedWithTheGroup() {
        assertThatThrownBy(() -> new GroupGrants(Map.of("team", "viewer operater@shop")))
                .hasMessageContaining("lateen.portal.oidc.grants.team")
                .hasMessageContaining("operater");
    }

    private static Browser.Answer signIn(Browser browser, String user, String path) {
        return browser.get(toCallback(browser, user, path));
    }

    /** Goes to the provider, signs in there, and answers where it sends the browser. */
    private static String toCallback(Browser browser, String user, String path) {
        String authorize =
                browser.get(
                                "/oauth2/authorization/oidc?return="
                                        + URLEncoder.encode(path, StandardCharsets.UTF_8))
                        .header("location");
        Browser.Answer unknown =
                browser.send(browser.request(authorize).header("Accept", "text/html").build());
        String login = absolute(authorize, unknown.header("location"));
        Matcher token = HIDDEN.matcher(browser.get(login).raw().body());
        assertThat(token.find()).isTrue();
        String form =
                "username="
                        + user
                        + "&password="
                        + URLEncoder.encode(Provider.PASSWORD, StandardCharsets.UTF_8)
                        + "&_csrf="
                        + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
        Browser.Answer known =
                browser.send(
                        browser.request(login)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form))
                                .build());
        Browser.Answer back =
                browser.send(
                        browser.request(absolute(authorize, known.header("location")))
                                .header("Accept", "text/html")
                                .build());
        assertThat(back.header("location")).startsWith(URL + "/login/oauth2/code/oidc");
        return back.header("location");
    }

    private static String absolute(String base, String location) {
        assertThat(location).isNotEmpty();
        return URI.create(base).resolve(location).toString();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
