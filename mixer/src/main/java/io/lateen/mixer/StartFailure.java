package io.lateen.mixer;

import io.lateen.access.PlaintextRefused;
import io.lateen.mixer.grpc.UnusableAddress;
import io.lateen.mixer.snapshot.SnapshotConfiguration;
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

/**
 * Says in one sentence why the mixer does not start, where the cause lies in its surroundings: the
 * setting, the database, a port. Anything else is a bug, and is left to Spring, which prints it
 * whole. Found through {@code META-INF/spring.factories}.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailure implements SpringBootExceptionReporter {
    private final @Nullable ConfigurableApplicationContext context;

    /** For Spring, which hands over the context. */
    StartFailure(@Nullable ConfigurableApplicationContext context) {
        this.context = context;
    }

    @Override
    public boolean reportException(Throwable failure) {
        Optional<String> sentence = sentence(failure);
        sentence.ifPresent(text -> System.err.println("lateen-mixer: " + text));
        return sentence.isPresent();
    }

    private Optional<String> sentence(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            switch (at) {
                case RefusedDatabaseUrl refused -> {
                    return Optional.ofNullable(refused.getMessage());
                }
                case PortInUseException port -> {
                    return Optional.of(
                            "port "
                                    + port.getPort()
                                    + " is in use by another program; stop it, or choose another"
                                    + " with --server.port.");
                }
                case PlaintextRefused refused -> {
                    return Optional.ofNullable(refused.getMessage());
                }
                case UnusableAddress address -> {
                    return Optional.ofNullable(address.getMessage());
                }
                case ConfigurationPropertiesBindException binding -> {
                    return Optional.of("a setting is wrong: " + innermost(binding) + ".");
                }
                case SQLException sql -> {
                    return Optional.of(
                            "the database "
                                    + database()
                                    + " cannot be used: "
                                    + firstLine(sql.getMessage())
                                    + "; check that PostgreSQL runs there and that --database-url"
                                    + " is right.");
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    private String database() {
        if (context == null) {
            return "";
        }
        return DatabaseUrl.parse(SnapshotConfiguration.databaseAddress(context.getEnvironment()))
                .toString();
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
