package io.lateen.cli.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a process is started.
 *
 * @param name what people call it: {@code manager}, {@code reviews-v1 sidecar}
 * @param command the program and its arguments
 * @param environment set on top of our own
 * @param log where its output goes; our own output when empty
 * @param whenOrphaned the signal that the kernel sends it when we die without stopping it
 */
public record ProcessPlan(
        String name,
        List<String> command,
        Map<String, String> environment,
        Optional<Path> log,
        String whenOrphaned) {

    /** Copies the collections. */
    public ProcessPlan {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** A process that writes to {@code log} and is told to end by SIGTERM. */
    public static ProcessPlan logged(
            String name, List<String> command, Map<String, String> environment, Path log) {
        return new ProcessPlan(name, command, environment, Optional.of(log), "TERM");
    }
}
