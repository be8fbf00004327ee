package io.lateen.authca;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.testkit.postgres.EmbeddedDatabase;
import io.lateen.testkit.start.DeclaredSettings;
import io.lateen.testkit.start.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the authority says when it is asked for help, or does not start. */
@Tag("mesh")
@SuppressWarnings("NullAway.Init") // fields are set by JUnit
final class StartTest {

    private static final String NOBODY = "--database-url=postgresql://u:secret@127.0.0.1:1/none";

    @TempDir Path state;

    @Test
    void helpTellsOfEverySettingWithItsDefault() {
        Map<String, String> declared = DeclaredSettings.in("authca", "access");

        assertThat(DeclaredSettings.told(AuthCaConfiguration.class)).isEqualTo(declared);
    }

    @Test
    void helpIsPrintedWithoutAStart() {
        Ended help = Ended.of(AuthCa.class, "--help");

        assertThat(help.code()).isZero();
        assertThat(help.errors()).isEmpty();
        assertThat(help.output())
                .startsWith("lateen-auth-ca: ")
                .contains(
                        "usage: java @auth-ca.jvm -jar auth-ca.jar --NAME=VALUE…",
                        "  --database-url  (no default)",
                        "  --server.port  (default 8061)",
                        "      example: --lateen.certificate-ttl=1h")
                .doesNotContain("  INFO ");
    }

    @Test
    void anUnknownFlagIsNamedWithTheNearestOne() {
        Ended wrong = Ended.of(AuthCa.class, NOBODY, "--lateen.state-dirctory=" + state);

        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.complaints())
                .containsExactly(
                        "lateen-auth-ca: --lateen.state-dirctory: there is no such setting; did you"
                                + " mean --lateen.state-directory? See --help for all of them.");
    }

    @Test
    void aDatabaseThatIsNotThereIsToldInOneSentence() {
        Ended alone =
                Ended.of(
                        AuthCa.class,
                        NOBODY,
                        "--server.port=0",
                        "--lateen.grpc-port=0",
                        "--lateen.state-directory=" + state);

        assertThat(alone.code()).isEqualTo(1);
        assertThat(alone.complaints())
                .singleElement()
                .asString()
                .startsWith(
                        "lateen-auth-ca: the database postgresql://u@127.0.0.1:1/none cannot be used: ")
                .endsWith("; check that PostgreSQL runs there and that --database-url is right.");
    }

    @Test
    void aPortThatIsTakenIsToldInOneSentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended late =
                    Ended.of(
                            AuthCa.class,
                            "--database-url=" + EmbeddedDatabase.fresh(),
                            "--server.port=" + taken.getLocalPort(),
                            "--lateen.grpc-port=0",
                            "--lateen.state-directory=" + state);

            assertThat(late.code()).isEqualTo(1);
            assertThat(late.complaints())
                    .containsExactly(
                            "lateen-auth-ca: port "
                                    + taken.getLocalPort()
                                    + " is in use by another program; stop it, or choose another"
                                    + " with --server.port.");
        }
    }
}
