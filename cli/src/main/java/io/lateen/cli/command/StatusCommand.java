package io.lateen.cli.command;

import io.lateen.cli.client.ManagerClient;
import io.lateen.cli.output.Console;
import io.lateen.cli.output.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code lateen status}: the mesh at a glance. */
@Command(
        name = "status",
        description =
                "Shows the manager, the services and their endpoints, the sidecars, and the programs"
                        + " that `lateen up` runs."
                        + " Exits with 1 when no manager answers.",
        header = "Shows the mesh at a glance.",
        footerHeading = "%nExamples:%n",
        footer = {"  lateen status", "  lateen status -o json"})
public final class StatusCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin private final ConnectionOptions connection = new ConnectionOptions();
    @Mixin private final OutputOption output = new OutputOption();

    /** Uses the manager that {@code surroundings} lead to. */
    public StatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        ManagerClient client = connection.client(surroundings);
        ObjectNode status = JsonMapper.shared().createObjectNode();
        status.put("manager", client.server().toString());
        status.set("proxies", client.get("/lateen/v1/proxies"));
        status.set("services", client.get("/lateen/v1/services"));
        status.set("programs", ProgramsTable.read(surroundings.stateDirectory()));
        Console console = surroundings.console();
        output.print(console, () -> status, () -> render(status, console));
        return 0;
    }

    static String render(JsonNode status, Console console) {
        List<JsonNode> proxies = items(status.path("proxies"), "proxies");
        long healthy =
                proxies.stream().filter(proxy -> proxy.path("healthy").asBoolean(false)).count();
        Table services = new Table(List.of("SERVICE", "PORTS", "ENDPOINTS", "ORIGIN"));
        for (JsonNode service : items(status.path("services"), "services")) {
            services.row(
                    List.of(
                            service.path("hostname").asString("?"),
                            ports(service),
                            Integer.toString(service.path("endpoints").size()),
                            service.path("origin").asString("")));
        }
        return "Manager    %s%nSidecars   %d connected, %d healthy%n%n%s%s"
                .formatted(
                        console.bold(status.path("manager").asString("")),
                        proxies.size(),
                        healthy,
                        services.isEmpty() ? "No services yet.\n" : services.render(console),
                        ProgramsTable.render(status.path("programs"), console));
    }

    private static String ports(JsonNode service) {
        List<String> ports =
                service.path("ports").values().stream()
                        .map(
                                port ->
                                        "%d/%s"
                                                .formatted(
                                                        port.path("number").asInt(0),
                                                        port.path("protocol").asString("")))
                        .toList();
        return String.join(",", ports);
    }

    private static List<JsonNode> items(JsonNode answer, String field) {
        return List.copyOf(answer.isArray() ? answer.values() : answer.path(field).values());
    }
}
