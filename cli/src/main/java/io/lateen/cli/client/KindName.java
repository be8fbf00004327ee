package io.lateen.cli.client;

import io.lateen.model.resource.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kinds by the names that people type: {@code vs}, {@code VirtualService}, {@code gateways}. */
public final class KindName {

    private KindName() {}

    /**
     * The kind that {@code text} names.
     *
     * @throws CommandFailed naming those there are
     */
    public static Kind parse(String text) {
        return Arrays.stream(Kind.values())
                .filter(kind -> names(kind).stream().anyMatch(text::equalsIgnoreCase))
                .findFirst()
                .orElseThrow(
                        () ->
                                new CommandFailed(
                                        "kind: found '%s', expected one of %s"
                                                .formatted(text, all())));
    }

    private static List<String> names(Kind kind) {
        return Stream.concat(
                        kind.shortNames().stream(),
                        Stream.of(
                                kind.plural(),
                                kind.singular(),
                                kind.kindName(),
                                kind.plural() + "." + kind.group()))
                .toList();
    }

    private static String all() {
        return Arrays.stream(Kind.values())
                .map(kind -> kind.singular() + " (" + kind.shortNames().getFirst() + ")")
                .collect(Collectors.joining(", "));
    }

    /** Where resources of {@code kind} are served: in {@code namespace}, or in all. */
    public static String path(Kind kind, Optional<String> namespace) {
        return "/apis/%s%s/%s"
                .formatted(
                        kind.apiVersion(),
                        namespace.map(name -> "/namespaces/" + name).orElse(""),
                        kind.plural());
    }
}
