package io.lateen.model.codec;

import io.lateen.model.document.Node;
import io.lateen.model.resource.Kind;
import io.lateen.model.schema.NearestName;
import io.lateen.model.validation.Violations;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is said of documents whose kind or version is not known. */
final class UnknownKind {

    private UnknownKind() {}

    static void refuse(Node document, Violations violations) {
        Optional<Kind> sameName =
                Arrays.stream(Kind.values())
                        .filter(kind -> kind.kindName().equals(document.text("kind")))
                        .findFirst();
        sameName.ifPresentOrElse(
                kind ->
                        violations.add(
                                "apiVersion",
                                document.get("apiVersion").shown(),
                                kind.group() + "/ and one of " + String.join(", ", kind.versions()),
                                "write " + kind.apiVersion()),
                () -> refuseName(document, violations));
    }

    private static void refuseName(Node document, Violations violations) {
        List<String> names = Arrays.stream(Kind.values()).map(Kind::kindName).toList();
        String version = document.has("apiVersion") ? " of " + document.text("apiVersion") : "";
        violations.add(
                "kind",
                document.get("kind").shown() + version,
                "one of " + String.join(", ", names),
                NearestName.of(document.text("kind"), names)
                        .map(nearest -> "did you mean `" + nearest + "`?")
                        .orElse("other kinds are not supported yet"));
    }
}
