package io.lateen.cli.command;

import io.lateen.cli.client.ManagerClient;
import io.lateen.cli.output.Format;
import io.lateen.cli.output.Table;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code lateen token}: join tokens, by which workloads have their first certificate. */
@Command(
        name = "token",
        description = "Makes, lists and revokes join tokens: each is good for one certificate.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lateen token create --namespace default --service-account reviews > join-token",
            "  lateen token list",
            "  lateen token revoke 0b9f6c1e-5d0a-4a57-9d0e-3b5f6f2d8c11"
        })
public final class TokenCommand {

    private static final String PATH = "/lateen/v1/tokens";

    private TokenCommand() {}

    /** The command with its own commands below it. */
    public static CommandLine line(Surroundings surroundings) {
        return new CommandLine(new TokenCommand())
                .addSubcommand(new Create(surroundings))
                .addSubcommand(new Listing(surroundings))
                .addSubcommand(new Revoke(surroundings));
    }

    /** {@code lateen token create}. */
    @Command(
            name = "create",
            description =
                    "Makes a token and prints it: whoever has it is the service account, once.")
    static final class Create implements Callable<Integer> {
        private final Surroundings surroundings;
        @Mixin private final AuthorityOptions authority = new AuthorityOptions();
        @Mixin private final OutputOption output = new OutputOption();

        @Option(
                names = {"-n", "--namespace"},
                paramLabel = "NAMESPACE",
                defaultValue = "default",
                description = "Of the workload. Default: ${DEFAULT-VALUE}.")
        private String namespace = "default";

        @Option(
                names = {"-s", "--service-account"},
                paramLabel = "NAME",
                required = true,
                description = "That the workload runs as.")
        private String serviceAccount = "";

        @Option(
                names = "--ttl",
                paramLabel = "DURATION",
                defaultValue = "1h",
                description = "How long the token is good, 10s to 168h. Default: ${DEFAULT-VALUE}.")
        private String ttl = "1h";

        Create(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            ObjectNode wish = JsonNodeFactory.instance.objectNode();
            wish.put("namespace", namespace);
            wish.put("serviceAccount", serviceAccount);
            wish.put("ttl", ttl);
            JsonNode made =
                    authority.client(surroundings).post(PATH, wish.toString(), "application/json");
            output.print(
                    surroundings.console(),
                    () -> made,
                    () -> made.path("token").asString("") + "\n");
            if (output.format() == Format.table) {
                // Not among the results: those are for a file or a pipe.
                surroundings
                        .console()
                        .complain(
                                "good once, for %s, until %s"
                                        .formatted(
                                                made.path("identity").asString(""),
                                                made.path("expiresAt").asString("")));
            }
            return 0;
        }
    }

    /** {@code lateen token list}. */
    @Command(name = "list", description = "Lists tokens, without their secrets.")
    static final class Listing implements Callable<Integer> {
        private final Surroundings surroundings;
        @Mixin private final AuthorityOptions authority = new AuthorityOptions();
        @Mixin private final OutputOption output = new OutputOption();

        Listing(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            JsonNode answer = authority.client(surroundings).get(PATH);
            output.print(surroundings.console(), () -> answer, () -> table(answer));
            return 0;
        }

        private String table(JsonNode answer) {
            Table table =
                    new Table(List.of("ID", "IDENTITY", "STATE", "EXPIRES", "CREATED BY", "FROM"));
            for (JsonNode each : answer.path("items").values()) {
                table.row(
                        List.of(
                                each.path("id").asString(""),
                                each.path("identity").asString(""),
                                each.path("state").asString(""),
                                each.path("expiresAt").asString(""),
                                each.path("createdBy").asString(""),
                                each.path("usedFrom").asString("")));
            }
            return table.render(surroundings.console());
        }
    }

    /** {@code lateen token revoke}. */
    @Command(name = "revoke", description = "Makes a token that was not used yet worth nothing.")
    static final class Revoke implements Callable<Integer> {
        private final Surroundings surroundings;
        @Mixin private final AuthorityOptions authority = new AuthorityOptions();

        @Parameters(index = "0", paramLabel = "ID", description = "As `lateen token list` says.")
        private String id = "";

        Revoke(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        @Override
        public Integer call() {
            ManagerClient client = authority.client(surroundings);
            JsonNode _ = client.delete(PATH + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
            surroundings.console().print("token " + id + " revoked");
            return 0;
        }
    }
}
