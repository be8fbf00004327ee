package io.lateen.cli.command;

import io.lateen.cli.client.KindName;
import io.lateen.cli.client.ManagerClient;
import io.lateen.cli.output.Format;
import io.lateen.cli.output.Table;
import io.lateen.model.resource.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code lateen get}: shows resources. */
@Command(
        name = "get",
        description = "Shows resources of a kind, or one of them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lateen get virtualservices",
            "  lateen get vs reviews -o yaml",
            "  lateen get dr -A -l team=books"
        })
public final class GetCommand implements Callable<Integer> {

    /** What a Kubernetes client asks for when it wants the server to choose the columns. */
    private static final String AS_TABLE =
            "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    private final Surroundings surroundings;

    @Mixin private final ConnectionOptions connection = new ConnectionOptions();
    @Mixin private final OutputOption output = new OutputOption();

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            description = "Such as virtualservice, vs, destinationrule, dr, gateway, serviceentry.")
    private String kind = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Only this one.")
    private @Nullable String name;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            defaultValue = "default",
            description = "Default: ${DEFAULT-VALUE}.")
    private String namespace = "default";

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "In every namespace.")
    private boolean allNamespaces;

    @Option(
            names = {"-l", "--selector"},
            paramLabel = "SELECTOR",
            description = "Only those with these labels: key=value,key2!=value2,key3.")
    private @Nullable String selector;

    /** Uses the manager that {@code surroundings} lead to. */
    public GetCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Kind asked = KindName.parse(kind);
        ManagerClient client = connection.client(surroundings);
        Optional<String> room = allNamespaces ? Optional.empty() : Optional.of(namespace);
        String path =
                KindName.path(asked, room)
                        + (name == null ? "" : "/" + name)
                        + (selector == null
                                ? ""
                                : "?labelSelector="
                                        + URLEncoder.encode(selector, StandardCharsets.UTF_8));
        JsonNode answer =
                output.format() == Format.table ? client.get(path, AS_TABLE) : client.get(path);
        if (output.format() == Format.table && answer.path("rows").isEmpty()) {
            surroundings.console().complain("no " + asked.plural() + where(room));
            return 0;
        }
        output.print(surroundings.console(), () -> answer, () -> table(answer));
        return 0;
    }

    private static String where(Optional<String> namespace) {
        return namespace.map(it -> " in namespace " + it).orElse("");
    }

    private String table(JsonNode answer) {
        List<Integer> shown = new ArrayList<>();
        List<String> heading = new ArrayList<>();
        if (allNamespaces) {
            heading.add("NAMESPACE");
        }
        int index = 0;
        for (JsonNode column : answer.path("columnDefinitions").values()) {
            // Columns of a higher priority number are for -o wide.
            if (column.path("priority").asInt(0) == 0) {
                shown.add(index);
                heading.add(column.path("name").asString("").toUpperCase(Locale.ROOT));
            }
            index++;
        }
        Table table = new Table(heading);
        for (JsonNode row : answer.path("rows").values()) {
            List<String> cells = new ArrayList<>();
            if (allNamespaces) {
                cells.add(row.at("/object/metadata/namespace").asString(""));
            }
            shown.forEach(column -> cells.add(cell(row.path("cells").path(column))));
            table.row(cells);
        }
        return table.render(surroundings.console());
    }

    private static String cell(JsonNode value) {
        return value.isValueNode() ? value.asString("") : value.toString();
    }
}
