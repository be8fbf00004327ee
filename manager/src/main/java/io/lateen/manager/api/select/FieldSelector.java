package io.lateen.manager.api.select;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A field selector: equality of {@code metadata.name} and {@code metadata.namespace}, the fields
 * that Kubernetes offers for custom resources. Immutable.
 */
public final class FieldSelector {
    /** Selects everything. */
    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    private static final Pattern TERM =
            Pattern.compile("\\s*([A-Za-z0-9_.\\[\\]-]+)\\s*(==|=|!=)\\s*([^=!,]*)\\s*");

    private final List<Term> terms;

    private FieldSelector(List<Term> terms) {
        this.terms = List.copyOf(terms);
    }

    /** Reads a selector; an empty text selects everything. */
    public static FieldSelector parse(String text) throws MalformedSelector {
        if (text.isBlank()) {
            return EVERYTHING;
        }
        List<Term> terms = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher term = TERM.matcher(part);
            if (!term.matches()) {
                throw new MalformedSelector(
                        "fieldSelector: found '"
                                + part
                                + "', expected field=value or field!=value");
            }
            String field = term.group(1);
            boolean byName =
                    switch (field) {
                        case "metadata.name" -> true;
                        case "metadata.namespace" -> false;
                        default ->
                                throw new MalformedSelector(
                                        "fieldSelector: found the field '"
                                                + field
                                                + "', expected metadata.name or"
                                                + " metadata.namespace");
                    };
            terms.add(new Term(byName, !term.group(2).equals("!="), term.group(3).strip()));
        }
        return new FieldSelector(terms);
    }

    /** Whether an object of this name in this namespace is selected. */
    public boolean matches(String namespace, String name) {
        return terms.stream()
                .allMatch(
                        term ->
                                (term.byName() ? name : namespace).equals(term.value())
                                        == term.equal());
    }

    private record Term(boolean byName, boolean equal, String value) {}
}
