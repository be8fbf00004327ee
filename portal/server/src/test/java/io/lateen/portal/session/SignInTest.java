package io.lateen.portal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.portal.Browser;
import io.lateen.portal.RunningPortal;
import io.lateen.testkit.clock.ManualClock;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Signing in with a password, and the life of a session, at a clock that stands still. */
final class SignInTest {
    private static final String DATABASE = EmbeddedDatabase.fresh();

    private static final ManualClock CLOCK = new ManualClock(Instant.parse("2026-11-24T12:00:00Z"));
    private static final Path STATE = RunningPortal.stateFolder();

    private static final RunningPortal PORTAL = RunningPortal.at(CLOCK, DATABASE, STATE);

    @AfterAll
    static void stop() {
        PORTAL.close();
    }

    @Test
    void theFirstAdministratorsPasswordIsDrawnForTheOwnersEyesAlone() throws IOException {
        Path file = STATE.resolve("initial-password");

        assertThat(Files.readString(file).strip()).hasSize(23);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(STATE.resolve("portal-key"))))
                .isEqualTo("rw-------");
        try (Browser browser = PORTAL.browser()) {
            for (String usual : List.of("admin", "password", "lateen", "changeme", "")) {
                assertThat(PORTAL.browser().trySignIn("admin" + usual.length(), usual).status())
                        .isEqualTo(401);
            }
            browser.signIn("admin", PORTAL.initialPassword());
            assertThat(browser.get("/api/v1/session").json().path("passwordChangeDue").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void sayingWhoOneIsGivesRolesAndCapabilities() {
        try (Browser browser = PORTAL.browser()) {
            assertThat(browser.get("/api/v1/session").status()).isEqualTo(401);
            assertThat(browser.get("/api/v1/session").code()).isEqualTo("session.none");

            browser.signIn("admin", PORTAL.initialPassword());

            Browser.Answer session = browser.get("/api/v1/session");
            assertThat(session.json().path("user").asString("")).isEqualTo("admin");
            assertThat(session.json().path("grants").toString())
                    .isEqualTo("[{\"role\":\"admin\",\"namespaces\":[\"*\"]}]");
            assertThat(session.json().path("capabilities").toString())
                    .contains("mesh.read", "rules.write", "users.manage", "audit.read");
        }
    }

    @Test
    void theCookieIsForTheServerAloneAndTheDatabaseDoesNotKnowIt() throws Exception {
        try (Browser browser = PORTAL.browser()) {
            Browser.Answer answer = browser.trySignIn("admin", PORTAL.initialPassword());

            String cookie =
                    answer.raw().headers().allValues("set-cookie").stream()
                            .filter(value -> value.startsWith("lateen="))
                            .findFirst()
                            .orElseThrow();
            assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/");
            String id = browser.cookie("lateen").orElseThrow();
            assertThat(id).as("256 bits").hasSize(43);
            try (Connection connection = database();
                    ResultSet rows =
                            connection
                                    .createStatement()
                                    .executeQuery(
                                            "select string_agg(session::text, ' ') from portal.session")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isNotEmpty().doesNotContain(id);
            }
        }
    }

    @Test
    void anIdThatTheBrowserBroughtIsNotTakenOver() {
        try (Browser victim = PORTAL.browser()) {
            victim.plant("lateen", "planted-by-somebody-else");

            victim.signIn("admin", PORTAL.initialPassword());

            assertThat(victim.cookie("lateen").orElseThrow())
                    .isNotEqualTo("planted-by-somebody-else");
            try (Browser attacker = PORTAL.browser()) {
                attacker.plant("lateen", "planted-by-somebody-else");
                assertThat(attacker.get("/api/v1/session").status()).isEqualTo(401);
            }
        }
    }

    @Test
    void signingInAgainChangesTheIdAndEndsTheOneBefore() {
        try (Browser browser = PORTAL.browser();
                Browser thief = PORTAL.browser()) {
            browser.signIn("admin", PORTAL.initialPassword());
            String before = browser.cookie("lateen").orElseThrow();
            thief.plant("lateen", before);
            assertThat(thief.get("/api/v1/session").status()).isEqualTo(200);

            browser.signIn("admin", PORTAL.initialPassword());

            assertThat(browser.cookie("lateen").orElseThrow()).isNotEqualTo(before);
            assertThat(thief.get("/api/v1/session").status()).isEqualTo(401);
        }
    }

    @Test
    void signingOutEndsTheSessionAtTheServer() {
        try (Browser browser = PORTAL.browser();
                Browser thief = PORTAL.browser()) {
            browser.signIn("admin", PORTAL.initialPassword());
            thief.plant("lateen", browser.cookie("lateen").orElseThrow());

            assertThat(browser.change("DELETE", "/api/v1/session", null).status()).isEqualTo(204);

            assertThat(thief.get("/api/v1/session").status()).isEqualTo(401);
            assertThat(browser.cookie("lateen")).isEmpty();
        }
    }

    @Test
    void aSessionEndsAfterHalfAnHourUnusedAndHalfADayInAnyCase() {
        try (Browser browser = PORTAL.browser();
                Browser page = PORTAL.browser()) {
            browser.signIn("admin", PORTAL.initialPassword());
            page.signIn("admin", PORTAL.initialPassword());

            for (int i = 0; i < 2; i++) {
                CLOCK.advance(Duration.ofMinutes(20));
                assertThat(browser.get("/api/v1/session").status()).as("used").isEqualTo(200);
                page.send(page.request("/api/v1/session").header("X-Background", "1").build());
            }
            assertThat(page.get("/api/v1/session").status())
                    .as("asking by itself is no use")
                    .isEqualTo(401);

            for (int i = 0; i < 12 * 3; i++) {
                CLOCK.advance(Duration.ofMinutes(20));
                browser.get("/api/v1/session");
            }
            assertThat(browser.get("/api/v1/session").status()).isEqualTo(401);
        }
    }

    @Test
    void anOpenPageThatNobodyTouchesDoesNotKeepItsSessionAlive() {
        try (Browser idle = PORTAL.browser();
                Browser active = PORTAL.browser()) {
            idle.signIn("admin", PORTAL.initialPassword());
            active.signIn("admin", PORTAL.initialPassword());
            Instant ends = CLOCK.instant().plus(Duration.ofMinutes(30));

            for (int i = 0; i < 5; i++) {
                CLOCK.advance(Duration.ofMinutes(5));
                Browser.Answer polled =
                        idle.send(
                                idle.request("/api/v1/session")
                                        .header("X-Background", "1")
                                        .build());
                assertThat(polled.json().path("idleEndsAt").asString(""))
                        .as("polling puts nothing off")
                        .isEqualTo(ends.toString());
                assertThat(idle.status("GET", "/api/v1/events")).as("a stream").isEqualTo(200);
                assertThat(active.get("/api/v1/session").json().path("idleEndsAt").asString(""))
                        .as("use does")
                        .isEqualTo(CLOCK.instant().plus(Duration.ofMinutes(30)).toString());
            }
            CLOCK.advance(Duration.ofMinutes(5));

            assertThat(idle.status("GET", "/api/v1/events")).isEqualTo(401);
            assertThat(idle.get("/api/v1/overview").status()).isEqualTo(401);
            assertThat(active.get("/api/v1/session").status()).isEqualTo(200);
        }
    }

    @Test
    void sessionsSurviveARestart() {
        try (Browser browser = PORTAL.browser()) {
            browser.signIn("admin", PORTAL.initialPassword());
            String id = browser.cookie("lateen").orElseThrow();

            try (RunningPortal other = RunningPortal.at(CLOCK, DATABASE, STATE);
                    Browser same = other.browser()) {
                same.plant("lateen", id);
                assertThat(same.get("/api/v1/session").status()).isEqualTo(200);
                assertThat(other.initialPassword())
                        .as("no second first administrator")
                        .isEqualTo(PORTAL.initialPassword());
            }
        }
    }

    @Test
    void wrongPasswordsLockThePairLongerAndLongerWhetherTheUserExistsOrNot() {
        make("locky");
        for (String user : List.of("locky", "nobody-at-all")) {
            try (Browser browser = PORTAL.browser()) {
                for (int i = 0; i < 5; i++) {
                    Browser.Answer wrong = browser.trySignIn(user, "wrong password " + i);
                    assertThat(wrong.status()).isEqualTo(401);
                    assertThat(wrong.code()).isEqualTo("sign-in.refused");
                    assertThat(wrong.json().path("title").asString(""))
                            .isEqualTo("the name or the password is wrong");
                }

                Browser.Answer locked = browser.trySignIn(user, "correct horse battery");

                assertThat(locked.status()).isEqualTo(429);
                assertThat(locked.code()).isEqualTo("sign-in.locked");
                assertThat(locked.header("retry-after")).isEqualTo("30");
                CLOCK.advance(Duration.ofSeconds(31));
                assertThat(browser.trySignIn(user, "wrong again").status()).isEqualTo(401);
                assertThat(browser.trySignIn(user, "wrong again").header("retry-after"))
                        .as("twice as long")
                        .isEqualTo("60");
            }
        }
        CLOCK.advance(Duration.ofSeconds(61));
        try (Browser browser = PORTAL.browser()) {
            browser.signIn("locky", "correct horse battery");
            assertThat(browser.trySignIn("locky", "wrong").status())
                    .as("a right one starts anew")
                    .isEqualTo(401);
        }
    }

    @Test
    void manyAttemptsAtOnceGainNothing() throws Exception {
        make("hasty");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Browser browser = PORTAL.browser()) {
            String token = browser.token();
            assertThat(token).isNotEmpty();
            List<Callable<Integer>> attempts =
                    java.util.stream.IntStream.range(0, 12)
                            .<Callable<Integer>>mapToObj(
                                    i -> () -> browser.trySignIn("hasty", "wrong " + i).status())
                            .toList();

            List<Integer> statuses =
                    threads.invokeAll(attempts).stream().map(Future::resultNow).toList();

            assertThat(statuses).filteredOn(status -> status == 401).hasSize(5);
            assertThat(statuses).filteredOn(status -> status == 429).hasSize(7);
        }
        CLOCK.advance(Duration.ofHours(25));
    }

    @Test
    void aChangedPasswordEndsTheOtherSessionsAndIsChecked() {
        make("changer");
        try (Browser one = PORTAL.browser();
                Browser other = PORTAL.browser()) {
            one.signIn("changer", "correct horse battery");
            other.signIn("changer", "correct horse battery");

            assertThat(change(one, "wrong", "another long password").code())
                    .isEqualTo("password.wrong");
            assertThat(change(one, "correct horse battery", "short").code())
                    .isEqualTo("password.length");
            assertThat(change(one, "correct horse battery", "administrator").code())
                    .isEqualTo("password.usual");
            assertThat(change(one, "correct horse battery", "another long password").status())
                    .isEqualTo(204);

            assertThat(one.get("/api/v1/session").status()).isEqualTo(200);
            assertThat(other.get("/api/v1/session").status()).isEqualTo(401);
            assertThat(PORTAL.browser().trySignIn("changer", "correct horse battery").status())
                    .isEqualTo(401);
            PORTAL.browser().signIn("changer", "another long password");
        }
    }

    @Test
    void sessionsAreListedAndEndedByTheirHandles() {
        make("lister");
        try (Browser one = PORTAL.browser();
                Browser other = PORTAL.browser();
                Browser admin = PORTAL.administrator()) {
            one.signIn("lister", "correct horse battery");
            other.signIn("lister", "correct horse battery");
            var list = one.get("/api/v1/sessions").json();
            assertThat(list.size()).isEqualTo(2);
            assertThat(list.toString()).doesNotContain(one.cookie("lateen").orElseThrow());
            String others =
                    list.values().stream()
                            .filter(session -> !session.path("current").asBoolean())
                            .map(session -> session.path("id").asString(""))
                            .findFirst()
                            .orElseThrow();
            String admins = admin.get("/api/v1/sessions").json().path(0).path("id").asString("");

            assertThat(one.change("DELETE", "/api/v1/sessions/" + admins, null).status())
                    .as("somebody else's")
                    .isEqualTo(404);
            assertThat(one.get("/api/v1/sessions?all=true").status()).isEqualTo(403);
            assertThat(one.change("DELETE", "/api/v1/sessions/" + others, null).status())
                    .isEqualTo(204);

            assertThat(other.get("/api/v1/session").status()).isEqualTo(401);
            assertThat(admin.get("/api/v1/session").status()).isEqualTo(200);
        }
    }

    private static void make(String user) {
        try (Browser admin = PORTAL.administrator()) {
            Browser.Answer made =
                    admin.post(
                            "/api/v1/users",
                            Map.of(
                                    "name",
                                    user,
                                    "displayName",
                                    user,
                                    "password",
                                    "correct horse battery",
                                    "grants",
                                    List.of(Map.of("role", "viewer", "namespaces", List.of("*")))));
            assertThat(made.status()).isEqualTo(201);
        }
    }

    private static Browser.Answer change(Browser browser, String current, String next) {
        return browser.change(
                "PUT", "/api/v1/session/password", Map.of("current", current, "next", next));
    }

    private static Connection database() throws Exception {
        String jdbc = "jdbc:postgresql://" + DATABASE.substring(DATABASE.indexOf('@') + 1);
        return DriverManager.getConnection(jdbc, "postgres", "postgres");
    }
}
