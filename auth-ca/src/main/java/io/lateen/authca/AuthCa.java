package io.lateen.authca;

import io.lateen.start.Program;

/**
 * Starts the authority: {@code java -jar auth-ca.jar --database-url=postgresql://…}; {@code --help}
 * tells of every setting. A wrong one, or a database that is not there, ends it with one sentence
 * on standard error and exit code 1.
 */
public final class AuthCa {
    private AuthCa() {}

    /** Starts the authority; it runs until it gets SIGTERM. */
    public static void main(String[] arguments) {
        Program.run(AuthCaConfiguration.class, "auth-ca", arguments);
    }
}
