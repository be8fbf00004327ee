package io.lateen.cli.command;

import io.lateen.cli.client.CommandFailed;
import io.lateen.cli.client.KindName;
import io.lateen.cli.client.ManagerClient;
import io.lateen.model.resource.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code lateen delete}: takes resources out of the mesh. */
@Command(
        name = "delete",
        description = "Deletes resources, by kind and name or those of files.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lateen delete virtualservice reviews ratings",
            "  lateen delete -f rules.yaml --ignore-not-found"
        })
public final class DeleteCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin private final ConnectionOptions connection = new ConnectionOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", description = "Such as vs.")
    private @Nullable String kind;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "NAME", description = "Which ones.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE",
            description = "A file, a folder, or - for standard input. May be given several times.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            defaultValue = "default",
            description = "Default: ${DEFAULT-VALUE}.")
    private String namespace = "default";

    @Option(names = "--ignore-not-found", description = "What is gone already is no failure.")
    private boolean ignoreNotFound;

    /** Uses the manager that {@code surroundings} lead to. */
    public DeleteCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    private record Target(Kind kind, String namespace, String name) {

        String path() {
            return KindName.path(kind, Optional.of(namespace)) + "/" + name;
        }
    }

    @Override
    public Integer call() {
        List<Target> targets = files.isEmpty() ? named() : filed();
        ManagerClient client = connection.client(surroundings);
        for (Target target : targets) {
            if (ignoreNotFound && client.find(target.path()).isEmpty()) {
                continue;
            }
            client.delete(target.path());
            surroundings
                    .console()
                    .print("%s/%s deleted".formatted(target.kind().singular(), target.name()));
        }
        return 0;
    }

    private List<Target> named() {
        if (kind == null || names.isEmpty()) {
            throw new CommandFailed("expected a kind and a name, or -f with a file");
        }
        Kind asked = KindName.parse(kind);
        return names.stream().map(name -> new Target(asked, namespace, name)).toList();
    }

    private List<Target> filed() {
        List<Target> targets = new ArrayList<>();
        YAMLMapper yaml = YAMLMapper.shared();
        try (MappingIterator<JsonNode> documents =
                yaml.readerFor(JsonNode.class).readValues(DocumentFiles.read(files, System.in))) {
            while (documents.hasNextValue()) {
                JsonNode document = documents.nextValue();
                if (document.isObject()) {
                    targets.add(target(document));
                }
            }
        } catch (JacksonException e) {
            throw new CommandFailed("not YAML: " + e.getOriginalMessage());
        }
        return targets;
    }

    private Target target(JsonNode document) {
        JsonNode metadata = document.path("metadata");
        return new Target(
                KindName.parse(document.path("kind").asString("")),
                metadata.path("namespace").asString(namespace),
                metadata.path("name").asString(""));
    }
}
