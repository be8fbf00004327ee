package io.lateen.cli.command;

import io.lateen.cli.output.Console;
import io.lateen.cli.workload.Programs;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the command finds around it.
 *
 * @param environment variables
 * @param programs where Lateen's own programs are
 * @param console where it writes
 */
public record Surroundings(Map<String, String> environment, Programs programs, Console console) {

    /** Copies the environment. */
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** A variable that is set and not blank. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Where a mesh on this host keeps its state, unless a command is told otherwise. */
    Path stateDirectory() {
        return variable("LATEEN_STATE_DIRECTORY")
                .map(Path::of)
                .orElseGet(() -> programs.home().resolve(".lateen"));
    }
}
