package io.lateen.mixer;

import io.lateen.start.Program;

/**
 * Starts the mixer: {@code java -jar mixer.jar --database-url=postgresql://…}; {@code --help} tells
 * of every setting. A wrong one, or a database that is not there, ends it with one sentence on
 * standard error and exit code 1.
 */
public final class Mixer {
    private Mixer() {}

    /** Starts the mixer; it runs until it gets SIGTERM. */
    public static void main(String[] arguments) {
        Program.run(MixerConfiguration.class, "mixer", arguments);
    }
}
