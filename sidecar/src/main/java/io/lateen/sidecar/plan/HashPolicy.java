package io.lateen.sidecar.plan;

import io.lateen.sidecar.exchange.HeaderName;

/** What a consistent-hash balancer hashes. */
public sealed interface HashPolicy {

    /** Whether the policies after this one are left out when this one gave a hash. */
    boolean terminal();

    /** The value of a header. */
    record Header(HeaderName name, boolean terminal) implements HashPolicy {}

    /**
     * The value of a cookie.
     *
     * @param ttlSeconds when the cookie is missing, one is made with this life; 0 for a session
     *     cookie, -1 for none made
     * @param path the made cookie's path, empty for none
     * @param attributes further ones of the made cookie, {@code SameSite=Lax; Secure}; may be empty
     */
    record Cookie(String name, long ttlSeconds, String path, String attributes, boolean terminal)
            implements HashPolicy {}

    /** The address that the connection comes from. */
    record SourceIp(boolean terminal) implements HashPolicy {}

    /** The value of a query parameter. */
    record QueryParameter(String name, boolean terminal) implements HashPolicy {}
}
