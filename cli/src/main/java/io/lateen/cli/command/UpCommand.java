package io.lateen.cli.command;

import io.lateen.cli.client.CommandFailed;
import io.lateen.cli.demo.Demo;
import io.lateen.cli.demo.LoopbackPlan;
import io.lateen.cli.demo.StateFolder;
import io.lateen.cli.output.Console;
import io.lateen.cli.process.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lateen up}: a whole mesh on this host, until Ctrl-C. */
@Command(
        name = "up",
        header = "Starts a whole mesh on this host, with the sample application.",
        description =
                "Starts PostgreSQL, the manager, an ingress gateway and the sample application,"
                        + " each workload with its sidecar on its own loopback address. Ctrl-C stops"
                        + " everything.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lateen up",
            "  lateen up --database-url postgresql://user:password@host:5432/mesh"
        })
public final class UpCommand implements Callable<Integer> {

    /** Enough for the quick compiler to have seen the whole way of a request. */
    private static final int TRAINING_PAGES = 300;

    private final Surroundings surroundings;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description =
                    "Use this PostgreSQL instead of our own:"
                            + " postgresql://user:password@host:port/database."
                            + " Default: LATEEN_DATABASE_URL.")
    private @Nullable String databaseUrl;

    @Option(
            names = "--state-directory",
            paramLabel = "FOLDER",
            description =
                    "Where the mesh keeps its state. Default: LATEEN_STATE_DIRECTORY, else .lateen"
                            + " beside bin/.")
    private @Nullable Path stateDirectory;

    @Option(
            names = "--block",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Use the loopback addresses 127.N.x.y, for a second mesh on this host."
                            + " Default: ${DEFAULT-VALUE}.")
    private int block;

    @Option(
            names = "--train",
            hidden = true,
            description = "Let the programs write their AOT caches when they end.")
    private boolean train;

    /** Uses the programs and the console of {@code surroundings}. */
    public UpCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Console console = surroundings.console();
        Path folder =
                Optional.ofNullable(stateDirectory)
                        .orElseGet(surroundings::stateDirectory)
                        .toAbsolutePath()
                        .normalize();
        long started = System.nanoTime();
        try (StateFolder state = StateFolder.take(folder)) {
            Demo demo = new Demo(plan(console), state);
            StopRequest stop = new StopRequest(Thread.currentThread(), console);
            Signals.listen(stop::signal);
            try {
                demo.start();
                if (train) {
                    demo.exercise(TRAINING_PAGES);
                }
                Duration took = Duration.ofNanos(System.nanoTime() - started);
                console.print(Welcome.render(demo, took, surroundings.programs().home(), console));
                stop.await();
                stop.silence();
                demo.stop();
                console.print("Lateen is down");
                return 0;
            } catch (InterruptedException e) {
                // Ctrl-C during the start: stopped below, and as much a success as later.
                return 0;
            } catch (IOException e) {
                throw new CommandFailed(String.valueOf(e.getMessage()));
            } finally {
                stop.silence();
                demo.stop();
            }
        }
    }

    private Demo.Plan plan(Console console) {
        return new Demo.Plan(
                new LoopbackPlan(block),
                Optional.ofNullable(databaseUrl)
                        .filter(url -> !url.isBlank())
                        .or(() -> surroundings.variable("LATEEN_DATABASE_URL")),
                train ? surroundings.programs().inTraining() : surroundings.programs(),
                surroundings.programs().home().resolve("samples/rules"),
                surroundings.variable("PATH").orElse("/usr/bin:/bin"),
                sentence -> console.print("· " + sentence));
    }
}
