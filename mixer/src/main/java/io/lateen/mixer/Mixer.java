package io.lateen.mixer;

import org.springframework.boot.SpringApplication;

/**
 * Starts the mixer: {@code java -jar mixer.jar --database-url=postgresql://…}. A wrong setting or
 * an unreachable database ends it with one sentence on standard error and exit code 1.
 */
public final class Mixer {
    private Mixer() {}

    /** Starts the mixer; it runs until it gets SIGTERM. */
    public static void main(String[] arguments) {
        var application = new SpringApplication(MixerConfiguration.class);
        try {
            application.run(arguments);
        } catch (RuntimeException e) {
            // StartFailure has said why; the logs have nothing to add.
            System.exit(1);
        }
    }
}
