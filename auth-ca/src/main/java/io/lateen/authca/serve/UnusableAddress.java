package io.lateen.authca.serve;

/** The address for gRPC cannot be listened on; the message says so to a user. */
public final class UnusableAddress extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableAddress(String message, Throwable cause) {
        super(message, cause);
    }
}
