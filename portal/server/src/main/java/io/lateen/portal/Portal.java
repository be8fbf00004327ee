package io.lateen.portal;

import io.lateen.start.Program;

/**
 * Starts the portal: {@code java -jar portal.jar --database-url=postgresql://…}; {@code --help}
 * tells of every setting. A wrong one, or a database that is not there, ends it with one sentence
 * on standard error and exit code 1.
 */
public final class Portal {
    private Portal() {}

    /** Starts the portal; it runs until it gets SIGTERM. */
    public static void main(String[] arguments) {
        Program.run(PortalConfiguration.class, "portal", arguments);
    }
}
