package io.lateen.cli.command;

import io.lateen.cli.client.KindName;
import io.lateen.cli.output.Console;
import io.lateen.cli.output.Table;
import io.lateen.model.resource.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code lateen history}: who wrote what. */
@Command(
        name = "history",
        header = "Shows who wrote what, newest first.",
        description = "A revision of it is what `lateen rollback` takes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lateen history",
            "  lateen history virtualservice reviews",
            "  lateen history -n shop --limit 5 -o yaml"
        })
public final class HistoryCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin private final ConnectionOptions connection = new ConnectionOptions();
    @Mixin private final OutputOption output = new OutputOption();

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", description = "Such as vs.")
    private @Nullable String kind;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Which one.")
    private @Nullable String name;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Default: every one.")
    private @Nullable String namespace;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    /** Uses the manager that {@code surroundings} lead to. */
    public HistoryCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        StringBuilder path = new StringBuilder("/lateen/v1/history?limit=" + limit);
        if (kind != null) {
            Kind asked = KindName.parse(kind);
            add(path, "group", asked.group());
            add(path, "kind", asked.kindName());
        }
        add(path, "name", name);
        add(path, "namespace", namespace);
        JsonNode answer = connection.client(surroundings).get(path.toString());
        Console console = surroundings.console();
        output.print(console, () -> answer, () -> render(answer, console));
        return 0;
    }

    private static void add(StringBuilder path, String parameter, @Nullable String value) {
        if (value != null) {
            path.append('&').append(parameter).append('=');
            path.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    static String render(JsonNode answer, Console console) {
        Table table =
                new Table(List.of("REVISION", "AT", "ACTOR", "ACTION", "NAMESPACE", "OBJECT"));
        for (JsonNode item : answer.path("items").values()) {
            table.row(
                    List.of(
                            Long.toString(item.path("revision").asLong()),
                            item.path("at").asString(""),
                            item.path("actor").asString(""),
                            item.path("action").asString("").toLowerCase(Locale.ROOT),
                            item.path("namespace").asString(""),
                            item.path("kind").asString("").toLowerCase(Locale.ROOT)
                                    + "/"
                                    + item.path("name").asString("")));
        }
        return table.isEmpty() ? "Nothing has been written.\n" : table.render(console);
    }
}
