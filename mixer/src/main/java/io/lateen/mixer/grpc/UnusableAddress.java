package io.lateen.mixer.grpc;

/** The gRPC server cannot listen; the message is one sentence for the user. */
public final class UnusableAddress extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableAddress(String message, Throwable cause) {
        super(message, cause);
    }
}
