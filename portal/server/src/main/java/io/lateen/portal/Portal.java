package io.lateen.portal;

import org.springframework.boot.SpringApplication;

/**
 * Starts the portal: {@code java -jar portal.jar --database-url=postgresql://…}. A wrong setting or
 * an unreachable database ends it with one sentence on standard error and exit code 1.
 */
public final class Portal {
    private Portal() {}

    /** Starts the portal; it runs until it gets SIGTERM. */
    public static void main(String[] arguments) {
        try {
            new SpringApplication(PortalConfiguration.class).run(arguments);
        } catch (RuntimeException e) {
            // StartFailure has said why; the logs have nothing to add.
            System.exit(1);
        }
    }
}
