package io.lateen.authca.authority;

import io.lateen.start.StartRefused;
import org.jspecify.annotations.Nullable;

/** The root cannot be opened with the key that was given; the message says so to a user. */
public final class RefusedKey extends StartRefused {
    private static final long serialVersionUID = 1L;

    RefusedKey(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
