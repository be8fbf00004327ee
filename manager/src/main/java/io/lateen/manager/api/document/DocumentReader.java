package io.lateen.manager.api.document;

import io.lateen.manager.api.status.Cause;
import io.lateen.manager.api.type.ApiType;
import io.lateen.manager.api.type.ContentRules;
import io.lateen.manager.store.Marks;
import io.lateen.manager.store.ObjectType;
import io.lateen.model.codec.UnknownFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Checks documents against their type. Thread-safe. */
public final class DocumentReader {
    private final Supplier<String> suffixes;

    /**
     * @param suffixes five characters that no other call gets, for {@code generateName}
     */
    public DocumentReader(Supplier<String> suffixes) {
        this.suffixes = suffixes;
    }

    /** Checks a document whose {@code apiVersion} and {@code kind} are those of the type. */
    public Reading read(ApiType type, ObjectNode document, UnknownFields unknownFields) {
        var metadata = new MetadataReader(document.path("metadata"));
        String name = name(type, metadata);
        String namespace = metadata.text("namespace");
        if (!namespace.isEmpty()) {
            metadata.check("namespace", namespace, Syntax::namespaceName);
        }
        Marks marks = metadata.marks();
        metadata.refuseWhatHasNoEffect();
        var precondition =
                new IncomingObject.Precondition(
                        Optional.of(metadata.text("uid")).filter(uid -> !uid.isEmpty()),
                        metadata.revision());
        ContentRules.Checked checked = type.rules().check(document, unknownFields);

        List<Cause> causes = new ArrayList<>(metadata.faults());
        Set<String> told = causes.stream().map(Cause::field).collect(Collectors.toSet());
        checked.faults().stream()
                .filter(fault -> !told.contains(fault.field()))
                .forEach(causes::add);
        if (!causes.isEmpty()) {
            return new Reading.Faulty(name, causes);
        }
        return new Reading.Sound(
                new IncomingObject(
                        namespace, name, precondition, marks, checked.spec(), checked.warnings()));
    }

    private String name(ApiType type, MetadataReader metadata) {
        String name = metadata.text("name");
        String beginning = metadata.text("generateName");
        if (name.isEmpty() && !beginning.isEmpty()) {
            name = beginning + suffixes.get();
        }
        metadata.check(
                "name",
                name,
                type.type().equals(ObjectType.NAMESPACE)
                        ? Syntax::namespaceName
                        : Syntax::objectName);
        return name;
    }

    /** What came of a document. */
    public sealed interface Reading {

        /** It can be written. */
        record Sound(IncomingObject object) implements Reading {}

        /** It cannot, for all of these reasons. */
        record Faulty(String name, List<Cause> causes) implements Reading {
            public Faulty {
                causes = List.copyOf(causes);
            }
        }
    }
}
