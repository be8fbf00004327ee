package io.lateen.cli.command;

import io.lateen.cli.client.ManagerClient;
import io.lateen.cli.output.Console;
import io.lateen.cli.output.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code lateen proxy-status}: which sidecar has what in force. */
@Command(
        name = "proxy-status",
        aliases = "ps",
        description = "Shows each sidecar, and whether it has the newest configuration.",
        footerHeading = "%nExamples:%n",
        footer = {"  lateen proxy-status", "  lateen proxy-status -o json"})
public final class ProxyStatusCommand implements Callable<Integer> {

    private static final List<String> HEADING =
            List.of(
                    "NAME",
                    "CDS",
                    "EDS",
                    "LDS",
                    "RDS",
                    "REVISION",
                    "HEALTHY",
                    "VERSION",
                    "MANAGER");

    private final Surroundings surroundings;

    @Mixin private final ConnectionOptions connection = new ConnectionOptions();
    @Mixin private final OutputOption output = new OutputOption();

    /** Uses the manager that {@code surroundings} lead to. */
    public ProxyStatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        ManagerClient client = connection.client(surroundings);
        JsonNode answer = client.get("/lateen/v1/proxies");
        Console console = surroundings.console();
        output.print(console, () -> answer, () -> ProxyTable.render(answer, console));
        return 0;
    }

    /** The rows of {@code proxy-status}. */
    static final class ProxyTable {

        private ProxyTable() {}

        static String render(JsonNode answer, Console console) {
            Table table = new Table(HEADING);
            StringBuilder rejections = new StringBuilder();
            for (JsonNode proxy : proxies(answer)) {
                JsonNode types = proxy.path("types");
                String name = proxy.path("name").asString(proxy.path("node").asString("?"));
                table.row(
                        List.of(
                                name,
                                types.path("CDS").path("status").asString("-"),
                                types.path("EDS").path("status").asString("-"),
                                types.path("LDS").path("status").asString("-"),
                                types.path("RDS").path("status").asString("-"),
                                proxy.path("inForceRevision").asString("-"),
                                proxy.path("healthy").asBoolean(false) ? "yes" : "no",
                                proxy.path("version").asString("-"),
                                proxy.path("manager").asString("-")));
                JsonNode rejected = proxy.path("lastNack");
                if (rejected.isObject()) {
                    rejections.append(
                            "%s refused %s %s: %s%n"
                                    .formatted(
                                            name,
                                            rejected.path("type").asString(""),
                                            rejected.path("resource").asString(""),
                                            rejected.path("message").asString("")));
                }
            }
            return table.render(console) + console.bad(rejections.toString());
        }

        private static Iterable<JsonNode> proxies(JsonNode answer) {
            return answer.isArray() ? answer.values() : answer.path("proxies").values();
        }
    }
}
