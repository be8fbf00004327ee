package io.lateen.manager.store;

/** PostgreSQL cannot be reached or did not answer in time; the message says so to a user. */
public final class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
