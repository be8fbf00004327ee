package io.lateen.start;

import io.lateen.model.database.DatabaseUrl;
import io.lateen.model.database.RefusedDatabaseUrl;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/**
 * Says in one sentence why a program does not start, where the cause lies in its surroundings: a
 * setting, the database, a port. Anything else is a bug, and is left to Spring, which prints it
 * whole. Found through {@code META-INF/spring.factories}; the program's name is {@code
 * spring.application.name}.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailure implements SpringBootExceptionReporter {
    private final Environment environment;

    /** For Spring, which hands over the context. */
    StartFailure(@Nullable ConfigurableApplicationContext context) {
        this.environment = context == null ? new StandardEnvironment() : context.getEnvironment();
    }

    @Override
    public boolean reportException(Throwable failure) {
        Optional<String> sentence = sentence(failure);
        String name = environment.getProperty("spring.application.name", "lateen");
        sentence.ifPresent(text -> System.err.println(name + ": " + text));
        return sentence.isPresent();
    }

    /** The outermost cause that is told; within a chain it is the one that says most. */
    private Optional<String> sentence(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            Optional<String> found =
                    switch (at) {
                        case StartRefused refused -> Optional.ofNullable(refused.getMessage());
                        case RefusedDatabaseUrl refused ->
                                Optional.ofNullable(refused.getMessage());
                        case PortInUseException port -> Optional.of(taken(port.getPort()));
                        case ConfigurationPropertiesBindException binding ->
                                Optional.of("a setting is wrong: " + innermost(binding) + ".");
                        case IllegalArgumentException argument when isOfASetting(argument) ->
                                Optional.of("a setting is wrong: " + innermost(argument) + ".");
                        case SQLException sql -> Optional.of(away(sql));
                        default -> Optional.empty();
                    };
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private String taken(int port) {
        String management = environment.getProperty("management.server.port", "");
        return "port "
                + port
                + " is in use by another program; stop it, or choose another with --"
                + (management.equals(Integer.toString(port)) ? "management." : "")
                + "server.port.";
    }

    private String away(SQLException sql) {
        return "the database "
                + DatabaseUrl.parse(Databases.address(environment))
                + " cannot be used: "
                + firstLine(sql.getMessage())
                + "; check that PostgreSQL runs there and that --database-url is right.";
    }

    private static boolean isOfASetting(IllegalArgumentException argument) {
        return String.valueOf(argument.getMessage()).startsWith("lateen.");
    }

    private static String innermost(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return firstLine(at.getMessage());
    }

    private static String firstLine(@Nullable String text) {
        String all = String.valueOf(text).strip();
        int end = all.indexOf('\n');
        return end < 0 ? all : all.substring(0, end);
    }
}
