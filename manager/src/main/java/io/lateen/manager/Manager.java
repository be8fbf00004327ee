package io.lateen.manager;

import org.springframework.boot.SpringApplication;

/**
 * Starts the manager: {@code java -jar manager.jar --database-url=postgresql://…}. A wrong setting
 * or an unreachable database ends it with one sentence on standard error and exit code 1.
 */
public final class Manager {
    private Manager() {}

    /** Starts the manager; it runs until it gets SIGTERM. */
    public static void main(String[] arguments) {
        var application = new SpringApplication(ManagerConfiguration.class);
        try {
            application.run(arguments);
        } catch (RuntimeException e) {
            // StartFailure has said why; the logs have nothing to add.
            System.exit(1);
        }
    }
}
