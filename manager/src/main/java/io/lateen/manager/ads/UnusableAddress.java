package io.lateen.manager.ads;

import org.jspecify.annotations.Nullable;

/** The address for proxies cannot be listened on; the message says so to a user. */
public final class UnusableAddress extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what was found and how to mend it.
     *
     * @param cause what listening failed with; null where it was not tried
     */
    public UnusableAddress(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
