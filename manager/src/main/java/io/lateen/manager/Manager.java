package io.lateen.manager;

import io.lateen.start.Program;

/**
 * Starts the manager: {@code java -jar manager.jar --database-url=postgresql://…}; {@code --help}
 * tells of every setting. A wrong one, or a database that is not there, ends it with one sentence
 * on standard error and exit code 1.
 */
public final class Manager {
    private Manager() {}

    /** Starts the manager; it runs until it gets SIGTERM. */
    public static void main(String[] arguments) {
        Program.run(ManagerConfiguration.class, "manager", arguments);
    }
}
