package io.lateen.portal.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lateen.portal.Browser;
import io.lateen.portal.SharedPortal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Making, changing and disabling users, and what the audit says of it. */
final class UsersTest {
    private static final List<Map<String, Object>> VIEWER =
            List.of(Map.of("role", "viewer", "namespaces", List.of("*")));

    private final Browser admin = SharedPortal.admin();

    @Test
    void aPasswordThatIsDrawnIsAnsweredOnce() {
        Browser.Answer made = create("drawn", VIEWER);

        assertThat(made.status()).isEqualTo(201);
        String password = made.json().path("password").asString("");
        assertThat(password).hasSize(23);
        try (Browser browser = SharedPortal.PORTAL.browser()) {
            browser.signIn("drawn", password);
        }
        assertThat(admin.get("/api/v1/users").raw().body()).doesNotContain(password, "argon2");
        assertThat(create("drawn", VIEWER).code()).isEqualTo("user.taken");
    }

    @Test
    void whatIsNoUserIsRefusedByWhatIsWrong() {
        assertThat(create("Upper Case", VIEWER).code()).isEqualTo("user.name");
        assertThat(create("oidc:alice", VIEWER).code()).isEqualTo("user.name");
        assertThat(create("no-roles", List.of()).code()).isEqualTo("user.grants");
        assertThat(
                        create(
                                        "bad-role",
                                        List.of(Map.of("role", "king", "namespaces", List.of("*"))))
                                .status())
                .isEqualTo(400);
        assertThat(
                        create(
                                        "bad-space",
                                        List.of(
                                                Map.of(
                                                        "role",
                                                        "viewer",
                                                        "namespaces",
                                                        List.of("A b"))))
                                .status())
                .isEqualTo(400);
        assertThat(admin.post("/api/v1/users", Map.of("name", "half")).status()).isEqualTo(400);
    }

    @Test
    void changedRolesAndDisablingEndTheUsersSessions() {
        try (Browser browser = SharedPortal.signedIn("demoted", "operator", "*")) {
            admin.change("PATCH", "/api/v1/users/demoted", Map.of("displayName", "Known"));
            assertThat(browser.get("/api/v1/session").json().path("displayName").asString(""))
                    .as("a name is no reason to sign in again")
                    .isNotEmpty();

            Browser.Answer changed =
                    admin.change("PATCH", "/api/v1/users/demoted", Map.of("grants", VIEWER));
            assertThat(changed.json().path("grants").path(0).path("role").asString(""))
                    .isEqualTo("viewer");
            assertThat(browser.get("/api/v1/session").status()).isEqualTo(401);

            browser.signIn("demoted", SharedPortal.PASSWORD);
            admin.change("PATCH", "/api/v1/users/demoted", Map.of("disabled", true));
            assertThat(browser.get("/api/v1/session").status()).isEqualTo(401);
            assertThat(browser.trySignIn("demoted", SharedPortal.PASSWORD).status()).isEqualTo(401);
        }
    }

    @Test
    void anAdministratorDoesNotLockOneselfOut() {
        assertThat(admin.change("PATCH", "/api/v1/users/admin", Map.of("disabled", true)).code())
                .isEqualTo("user.oneself");
        assertThat(admin.change("PATCH", "/api/v1/users/admin", Map.of("grants", VIEWER)).code())
                .isEqualTo("user.oneself");
    }

    @Test
    void aNewPasswordReplacesTheOldOne() {
        try (Browser browser = SharedPortal.signedIn("forgetful", "viewer", "*")) {
            String drawn =
                    admin.post("/api/v1/users/forgetful/password", null)
                            .json()
                            .path("password")
                            .asString("");

            assertThat(browser.get("/api/v1/session").status()).isEqualTo(401);
            assertThat(browser.trySignIn("forgetful", SharedPortal.PASSWORD).status())
                    .isEqualTo(401);
            browser.signIn("forgetful", drawn);
        }
        assertThat(admin.post("/api/v1/users/nobody/password", null).status()).isEqualTo(404);
    }

    @Test
    void theAuditHasWhoWhatFromWhereAndWhatCameOfIt() {
        Browser.Answer made = create("audited", VIEWER);
        try (Browser browser = SharedPortal.PORTAL.browser()) {
            browser.trySignIn("audited", "wrong password");
        }

        JsonNode created = audit("action=user.create&limit=1").path(0);
        assertThat(created.path("actor").asString("")).isEqualTo("admin");
        assertThat(created.path("signIn").asString("")).isEqualTo("local");
        assertThat(created.path("object").asString("")).isEqualTo("audited");
        assertThat(created.path("address").asString("")).isEqualTo("127.0.0.1");
        assertThat(created.path("requestId").asString("")).isEqualTo(made.header("x-request-id"));
        JsonNode failed = audit("user=audited&action=session.start&outcome=failed").path(0);
        assertThat(failed.path("reason").asString("")).isEqualTo("the password is wrong");
        assertThat(audit("").toString())
                .doesNotContain("wrong password")
                .doesNotContain(made.json().path("password").asString("?"));
    }

    @Test
    void theAuditIsReadInPagesAndWrongQuestionsAreRefused() {
        create("page-one", VIEWER);
        create("page-two", VIEWER);
        JsonNode first = admin.get("/api/v1/audit?action=user.create&limit=1").json();
        JsonNode second =
                admin.get(
                                "/api/v1/audit?action=user.create&limit=1&before="
                                        + first.path("next").asString(""))
                        .json();

        assertThat(first.path("items").path(0).path("object").asString("")).isEqualTo("page-two");
        assertThat(second.path("items").path(0).path("object").asString("")).isEqualTo("page-one");
        assertThat(admin.get("/api/v1/audit?limit=0").code()).isEqualTo("limit.range");
        assertThat(admin.get("/api/v1/audit?outcome=maybe").code()).isEqualTo("outcome.unknown");
        assertThat(admin.get("/api/v1/audit?before=x").code()).isEqualTo("before.number");
    }

    @Test
    void theDatabaseRefusesToChangeTheAudit() throws SQLException {
        String address = SharedPortal.DATABASE.substring(SharedPortal.DATABASE.indexOf('@') + 1);
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:postgresql://" + address, "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            for (String tampering :
                    List.of(
                            "update portal.audit set actor = 'somebody else'",
                            "delete from portal.audit",
                            "truncate portal.audit")) {
                assertThatThrownBy(() -> statement.execute(tampering))
                        .hasMessageContaining("entries are added, never changed");
            }
        }
    }

    private JsonNode audit(String query) {
        return admin.get("/api/v1/audit?" + query).json().path("items");
    }

    private Browser.Answer create(String name, List<Map<String, Object>> grants) {
        return admin.post(
                "/api/v1/users", Map.of("name", name, "displayName", "User", "grants", grants));
    }
}
