package io.lateen.cli.command;

import io.lateen.cli.client.CommandFailed;
import io.lateen.cli.demo.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lateen down}: stops what {@code lateen up} started in another terminal. */
@Command(
        name = "down",
        description = "Stops the mesh that `lateen up` started, and waits until it is down.",
        footerHeading = "%nExamples:%n",
        footer = "  lateen down")
public final class DownCommand implements Callable<Integer> {

    private static final int PATIENCE_SECONDS = 90;

    private final Surroundings surroundings;

    @Option(
            names = "--state-directory",
            paramLabel = "FOLDER",
            description = "The folder that `lateen up` was given.")
    private @Nullable Path stateDirectory;

    /** Looks for the mesh in the state folder of {@code surroundings}. */
    public DownCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        Path folder = Optional.ofNullable(stateDirectory).orElseGet(surroundings::stateDirectory);
        ProcessHandle holder = StateFolder.holderOf(folder);
        if (holder == null) {
            surroundings.console().print("Lateen is not up");
            return 0;
        }
        holder.destroy();
        try {
            holder.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new CommandFailed(
                    "process %d does not end; see %s"
                            .formatted(holder.pid(), folder.resolve("log")));
        }
        surroundings.console().print("Lateen is down");
        return 0;
    }
}
