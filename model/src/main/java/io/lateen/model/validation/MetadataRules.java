package io.lateen.model.validation;

import io.lateen.model.document.Node;
import java.util.Optional;

/** What Kubernetes demands of the metadata of every resource. */
final class MetadataRules {

    private MetadataRules() {}

    static void check(Node document, Violations violations) {
        Node metadata = document.get("metadata");
        checkName(document.text("kind"), metadata, violations);
        CommonRules.namespace(metadata.get("namespace"), violations);
        CommonRules.labels(metadata.get("labels"), violations);
        metadata.entries("annotations")
                .forEach(
                        (key, entry) -> {
                            if (!Syntax.isLabelKey(key)) {
                                violations.add(
                                        entry.path(),
                                        "the key \"" + key + "\"",
                                        "an annotation's key such as note or example.com/note");
                            }
                        });
        Node version = metadata.get("resourceVersion");
        if (version.text().filter(text -> !text.matches("\\d{0,18}")).isPresent()) {
            violations.add(
                    version.path(),
                    version.shown(),
                    "a number that the server gave",
                    "leave it out");
        }
    }

    private static void checkName(String kind, Node metadata, Violations violations) {
        Node name = metadata.get("name");
        Optional<String> written = name.text();
        if (!name.exists()) {
            if (metadata.exists() && !metadata.has("generateName")) {
                violations.add(name.path(), "nothing", "a name", "add it");
            }
        } else if (written.filter(text -> !Syntax.isResourceName(text)).isPresent()) {
            violations.add(
                    name.path(),
                    name.shown(),
                    "at most 253 lower-case letters, digits, dashes and dots, a letter or digit at"
                            + " both ends");
        } else if (kind.equals("Gateway")
                && written.filter(text -> !Syntax.isDnsLabel(text)).isPresent()) {
            violations.add(name.path(), name.shown(), "a name without dots: " + Syntax.A_LABEL);
        }
    }
}
