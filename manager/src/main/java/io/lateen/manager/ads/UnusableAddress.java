package io.lateen.manager.ads;

/** The address for proxies cannot be listened on; the message says so to a user. */
public final class UnusableAddress extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableAddress(String message, Throwable cause) {
        super(message, cause);
    }
}
