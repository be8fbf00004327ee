package io.lateen.manager.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.access.Caller;
import io.lateen.access.Role;
import io.lateen.manager.RunningManager;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, and what the others are told. */
@SuppressWarnings("NullAway.Init") // fields are set by JUnit
final class AccessTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

    @TempDir static Path state;
    static RunningManager manager;

    @BeforeAll
    static void start() {
        manager = RunningManager.on(DATABASE.url(), state);
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @Test
    void refusesWhoeverBringsNoToken() {
        HttpResponse<String> answer =
                manager.send(HttpRequest.newBuilder(URI.create(manager.url() + "/apis")).build());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.body())
                .contains("\"kind\":\"Status\"", "\"reason\":\"Unauthorized\"", "admin-token");
    }

    @Test
    void refusesATokenThatNobodyHas() {
        HttpResponse<String> answer =
                manager.send(
                        HttpRequest.newBuilder(URI.create(manager.url() + "/apis"))
                                .header("Authorization", "Bearer guessed")
                                .build());

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void refusesAViewersWrites() {
        manager.bean(Tokens.class).accept("a-viewers-token", new Caller("eve", Role.VIEWER));

        HttpResponse<String> answer =
                manager.send(
                        HttpRequest.newBuilder(URI.create(manager.url() + "/api/v1/namespaces"))
                                .header("Authorization", "Bearer a-viewers-token")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"reason\":\"Forbidden\"", "eve", "operator");
    }

    @Test
    void keepsTheAdministratorsTokenFromOthersAndFromTheDatabase() throws IOException {
        Path file = state.resolve("admin-token");

        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(manager.token()).as("256 bits in base64").hasSize(43);
        assertThat(manager.bean(AccessTokenRepository.class).findByHash(manager.token()))
                .as("only a hash is stored")
                .isEmpty();
    }

    @Test
    void acceptsAnExistingTokenOnANewDatabase() {
        try (RunningManager other = RunningManager.on(EmbeddedDatabase.fresh(), state)) {
            assertThat(other.token()).isEqualTo(manager.token());
            assertThat(other.bean(Tokens.class).recognise(manager.token()))
                    .contains(new Caller("admin", Role.ADMIN));
        }
    }

    @Test
    void answersHealthToEverybodyOnItsOwnPort() {
        HttpResponse<String> answer =
                manager.send(
                        HttpRequest.newBuilder(
                                        URI.create(manager.managementUrl() + "/actuator/health"))
                                .build());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"writable\":true");
    }
}
