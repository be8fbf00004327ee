package io.lateen.authca.kubernetes;

/** The API server does not answer, or does not let the authority ask: a broken environment. */
public final class ClusterUnavailable extends Exception {

    private static final long serialVersionUID = 1L;

    ClusterUnavailable(String message) {
        super(message);
    }

    ClusterUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
