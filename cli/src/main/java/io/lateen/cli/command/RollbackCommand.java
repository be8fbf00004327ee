package io.lateen.cli.command;

import io.lateen.cli.client.ManagerClient;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code lateen rollback}: one resource is again what it was. */
@Command(
        name = "rollback",
        header = "Makes a resource what it was at a revision.",
        description = {
            "The resource that the revision wrote is again as it was then; where the revision"
                    + " deleted it, it is gone. Other resources stay. `lateen history` shows the"
                    + " revisions.",
            "Exits with 3 when --wait was given and it is not in force in time."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  lateen rollback 129 --dry-run -o yaml", "  lateen rollback 129 --wait"})
public final class RollbackCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin private final ConnectionOptions connection = new ConnectionOptions();
    @Mixin private final OutputOption output = new OutputOption();
    @Mixin private final WaitOptions waiting = new WaitOptions();

    @Parameters(index = "0", paramLabel = "REVISION", description = "As the history names it.")
    private long revision;

    @Option(names = "--dry-run", description = "Say what would be; change nothing.")
    private boolean dryRun;

    /** Uses the manager that {@code surroundings} lead to. */
    public RollbackCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        ManagerClient client = connection.client(surroundings);
        JsonNode answer =
                client.post(
                        "/lateen/v1/rollback",
                        "{\"revision\":%d,\"dryRun\":%b}".formatted(revision, dryRun));
        output.print(surroundings.console(), () -> answer, () -> render(answer));
        if (!dryRun) {
            waiting.await(client, answer.path("revision").asLong(), surroundings.console());
        }
        return 0;
    }

    private String render(JsonNode answer) {
        JsonNode result = answer.path("results").path(0);
        return "%s/%s %s%s\n"
                .formatted(
                        result.path("kind").asString("").toLowerCase(Locale.ROOT),
                        result.path("name").asString(""),
                        result.path("action").asString(""),
                        dryRun ? " (dry run)" : "");
    }
}
