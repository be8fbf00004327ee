package io.lateen.manager.store;

/**
 * Who writes, for the history.
 *
 * @param actor a user, a service, or a part of the manager
 * @param request the id of the request that asked for it; empty if none did
 */
public record Author(String actor, String request) {

    /** A part of the manager that writes on its own. */
    public static Author itself(String actor) {
        return new Author(actor, "");
    }
}
