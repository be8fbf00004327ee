package io.lateen.cli.command;

import io.lateen.cli.client.CommandFailed;
import io.lateen.cli.client.ManagerClient;
import io.lateen.cli.client.RevisionWatch;
import io.lateen.cli.output.Console;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Whether a command that writes waits until the write is in force. */
final class WaitOptions {

    @Option(names = "--wait", description = "Wait until every sidecar has it in force.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long --wait waits. Default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds = 30;

    /** Waits for a revision, if that is asked for; fails when it is not in force in time. */
    void await(ManagerClient client, long revision, Console console) {
        if (!wait) {
            return;
        }
        RevisionWatch.Outcome outcome =
                new RevisionWatch(client).await(revision, Duration.ofSeconds(timeoutSeconds));
        if (!outcome.inForce()) {
            throw new CommandFailed(outcome.sentence(), CommandFailed.NOT_IN_FORCE);
        }
        // Not among the results: a document printed as JSON stays one document.
        console.complain(console.good(outcome.sentence()));
    }
}
