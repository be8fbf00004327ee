package io.lateen.cli.command;

import io.lateen.cli.client.ManagerClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code lateen apply}: brings resources into the mesh, all or none. */
@Command(
        name = "apply",
        header = "Creates or changes the resources of files, all of them or none.",
        description = "Exits with 3 when --wait was given and they are not in force in time.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lateen apply -f rules.yaml --wait",
            "  lateen apply -f samples/rules/ --dry-run",
            "  cat rules.yaml | lateen apply -f -"
        })
public final class ApplyCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin private final ConnectionOptions connection = new ConnectionOptions();
    @Mixin private final OutputOption output = new OutputOption();

    @Option(
            names = {"-f", "--filename"},
            required = true,
            paramLabel = "FILE",
            description = "A file, a folder, or - for standard input. May be given several times.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--dry-run", description = "Validate only; change nothing.")
    private boolean dryRun;

    @Mixin private final WaitOptions waiting = new WaitOptions();

    /** Uses the manager that {@code surroundings} lead to. */
    public ApplyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        ManagerClient client = connection.client(surroundings);
        String documents = DocumentFiles.read(files, System.in);
        JsonNode answer =
                client.post("/lateen/v1/apply" + (dryRun ? "?dryRun=true" : ""), documents);
        output.print(surroundings.console(), () -> answer, () -> results(answer));
        if (!dryRun) {
            waiting.await(client, answer.path("revision").asLong(), surroundings.console());
        }
        return 0;
    }

    private String results(JsonNode answer) {
        StringBuilder lines = new StringBuilder();
        for (JsonNode result : answer.path("results").values()) {
            lines.append(
                    "%s/%s %s%s\n"
                            .formatted(
                                    result.path("kind").asString("").toLowerCase(Locale.ROOT),
                                    result.path("name").asString(""),
                                    result.path("action").asString("").toLowerCase(Locale.ROOT),
                                    dryRun ? " (dry run)" : ""));
        }
        return lines.toString();
    }
}
