package io.lateen.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which flags are taken, and what is said of the others. */
final class ArgumentsTest {

    private static final Settings SETTINGS =
            Settings.parse(
                    """
                    lateen-example: shows how.

                    # Where it listens
                    lateen.rest-address | 127.0.0.1 | 0.0.0.0 | Where REST is served.
                    lateen.grpc-port | 9091 | 9191 | The port.

                    # The rest
                    database-url | | postgresql://db/lateen | The database.
                    lateen.groups.* | | viewer | By group: a role.
                    lateen.key | | $c2VjcmV0 | A secret.
                    """);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--lateen.rest-address=127.0.0.1",
                "--lateen.restAddress=127.0.0.1",
                "--lateen.groups.shop-team=viewer",
                "--lateen.groups[shop]=viewer",
                "--database-url=postgresql://db/lateen",
                "--lateen.database-url=postgresql://db/lateen",
                "--spring.main.banner-mode=off",
                "--logging.level.io.lateen=DEBUG",
                "--debug",
            })
    void takesWhatThereIsInEverySpellingOfSpring(String argument) {
        assertThat(mistakes(argument)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--lateen.rest-adress=::1, --lateen.rest-address",
        "--rest-address=::1, --lateen.rest-address",
        "--grpc-prt=1, --lateen.grpc-port",
        "--databse-url=x, --database-url",
        "--group.shop=viewer, --lateen.groups.*",
    })
    void anUnknownFlagIsNamedWithTheNearestOne(String argument, String nearest) {
        String flag = argument.substring(0, argument.indexOf('='));

        assertThat(mistakes(argument))
                .containsExactly(
                        flag
                                + ": there is no such setting; did you mean "
                                + nearest
                                + "? See --help for all of them.");
    }

    @Test
    void aNameThatSpringDoesNotListIsUnknownAlsoBesideItsOwn() {
        assertThat(mistakes("--spring.main.baner-mode=off")).hasSize(1);
        assertThat(mistakes("--spring=off")).hasSize(1);
    }

    @Test
    void everyMistakeIsTold() {
        assertThat(mistakes("--database-url", "postgresql://db/lateen", "start", "--wrong=1"))
                .satisfiesExactly(
                        first ->
                                assertThat(first)
                                        .isEqualTo(
                                                "--database-url: found no value, expected"
                                                        + " --database-url=VALUE."),
                        second -> assertThat(second).startsWith("'start': expected --name=value"),
                        third -> assertThat(third).startsWith("--wrong: there is no such setting"));
    }

    @Test
    void helpTellsOfEverySettingWithItsDefaultAndAnExample() {
        assertThat(Help.text(SETTINGS, "example"))
                .isEqualTo(
                        """
                        lateen-example: shows how.

                        usage: java @example.jvm -jar example.jar --NAME=VALUE…

                        Every setting may be given in the environment, too: --lateen.rest-address as
                        LATEEN_REST_ADDRESS. The command line comes first.

                        Where it listens
                          --lateen.rest-address  (default 127.0.0.1)
                              Where REST is served.
                              example: --lateen.rest-address=0.0.0.0
                          --lateen.grpc-port  (default 9091)
                              The port.
                              example: --lateen.grpc-port=9191

                        The rest
                          --database-url  (no default)
                              The database.
                              example: --database-url=postgresql://db/lateen
                          --lateen.groups.*  (no default)
                              By group: a role.
                              example: --lateen.groups.shop-team=viewer
                          --lateen.key  (no default)
                              A secret.
                              example: LATEEN_KEY=c2VjcmV0
                        """);
    }

    private static List<String> mistakes(String... arguments) {
        return new Arguments(SETTINGS, ArgumentsTest.class.getClassLoader()).mistakes(arguments);
    }
}
