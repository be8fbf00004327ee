package io.lateen.start;

import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;

/** The main of a Spring program: help, wrong flags, and the start. */
public final class Program {

    private static final int REFUSED = 1;

    /** These tell at length, before it is told in a sentence, that a context does not start. */
    private static final Map<String, Object> QUIET =
            Map.of(
                    "logging.level.org.springframework.boot.web.server.servlet.context",
                    "ERROR",
                    "logging.level.org.springframework.boot.web.server.reactive.context",
                    "ERROR",
                    "logging.level.org.springframework.boot.tomcat",
                    "OFF");

    private Program() {}

    /**
     * Starts a program, which then runs until it gets SIGTERM. {@code --help} prints what there is
     * to set, with exit code 0. A flag that does not exist, a wrong setting, a database that is not
     * there or a port that is taken end it with sentences on standard error and exit code 1.
     *
     * @param configuration the root of its wiring, with {@code settings.txt} beside it
     * @param jar its name as a jar: {@code auth-ca}
     */
    public static void run(Class<?> configuration, String jar, String[] arguments) {
        Settings settings = Settings.of(configuration);
        if (Arguments.askForHelp(arguments)) {
            System.out.print(Help.text(settings, jar));
            return;
        }
        List<String> mistakes =
                new Arguments(settings, configuration.getClassLoader()).mistakes(arguments);
        if (!mistakes.isEmpty()) {
            mistakes.forEach(mistake -> System.err.println("lateen-" + jar + ": " + mistake));
            System.exit(REFUSED);
        }
        try {
            SpringApplication application = new SpringApplication(configuration);
            application.setDefaultProperties(QUIET);
            application.run(arguments);
        } catch (RuntimeException e) {
            // StartFailure has said why; the logs have nothing to add.
            System.exit(REFUSED);
        }
    }
}
