package io.lateen.manager.api.patch;

/** A patch that is malformed, or does not fit the document; the message says which operation. */
public final class InapplicablePatch extends Exception {
    private static final long serialVersionUID = 1L;

    InapplicablePatch(String message) {
        super(message);
    }
}
