package io.lateen.model.database;

/** The setting that names the database cannot be used; the message is one sentence for the user. */
public final class RefusedDatabaseUrl extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedDatabaseUrl(String message) {
        super(message);
    }
}
