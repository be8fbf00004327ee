package io.lateen.start;

import org.jspecify.annotations.Nullable;

/**
 * A program does not start because of its surroundings: a file, an address, a key. The message is
 * one sentence that tells a user what was found, what was expected and how to mend it.
 */
public class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A reason.
     *
     * @param sentence for the user
     * @param cause null where there is none
     */
    public StartRefused(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
