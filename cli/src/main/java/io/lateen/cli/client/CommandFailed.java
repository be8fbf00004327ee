package io.lateen.cli.client;

import java.io.Serial;

/**
 * Ends a command: its message is what the user reads, its exit code what a script sees. No stack
 * trace is kept, as none is ever shown.
 */
public final class CommandFailed extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    /** The command could not do what it was asked to. */
    public static final int FAILED = 1;

    /** It was done, and is not in force everywhere in the time given. */
    public static final int NOT_IN_FORCE = 3;

    private final int exitCode;

    /** Fails with exit code 1. */
    public CommandFailed(String message) {
        this(message, FAILED);
    }

    /** Fails with {@code exitCode}. */
    public CommandFailed(String message, int exitCode) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    /** What the process returns. */
    public int exitCode() {
        return exitCode;
    }
}
