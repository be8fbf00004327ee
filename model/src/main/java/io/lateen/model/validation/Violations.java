package io.lateen.model.validation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Everything that is wrong with a document, in the order in which it was found, each thing once;
 * and what its author should know although it is right. Written by one validation on one thread,
 * then read.
 */
public final class Violations implements Iterable<Violation> {

    private final List<Violation> found = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** Adds a violation unless it is there already. */
    public void add(Violation violation) {
        if (!found.contains(violation)) {
            found.add(violation);
        }
    }

    /** Adds a violation without a mend of its own: what is expected says it all. */
    public void add(String path, String found, String expected) {
        add(new Violation(path, found, expected, ""));
    }

    /** Adds a violation with what to do about it. */
    public void add(String path, String found, String expected, String mend) {
        add(new Violation(path, found, expected, mend));
    }

    /** Adds a sentence that the author should read although nothing is wrong. */
    public void warn(String path, String sentence) {
        String warning = path + ": " + sentence;
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    /** What the author should know. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Whether nothing is wrong. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** All of them. */
    public List<Violation> asList() {
        return List.copyOf(found);
    }

    @Override
    public Iterator<Violation> iterator() {
        return asList().iterator();
    }
}
