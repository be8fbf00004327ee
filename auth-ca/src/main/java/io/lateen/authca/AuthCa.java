package io.lateen.authca;

import org.springframework.boot.SpringApplication;

/**
 * Starts the authority: {@code java -jar auth-ca.jar --database-url=postgresql://…}. A wrong
 * setting, a wrong key or an unreachable database ends it with one sentence on standard error and
 * exit code 1.
 */
public final class AuthCa {
    private AuthCa() {}

    /** Starts the authority; it runs until it gets SIGTERM. */
    public static void main(String[] arguments) {
        var application = new SpringApplication(AuthCaConfiguration.class);
        try {
            application.run(arguments);
        } catch (RuntimeException e) {
            // StartFailure has said why; the logs have nothing to add.
            System.exit(1);
        }
    }
}
