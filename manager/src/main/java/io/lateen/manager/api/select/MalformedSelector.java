package io.lateen.manager.api.select;

/** A selector that cannot be read; the message says what was found and what is expected. */
public final class MalformedSelector extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedSelector(String message) {
        super(message);
    }
}
