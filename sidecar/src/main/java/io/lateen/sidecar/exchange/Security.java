package io.lateen.sidecar.exchange;

import io.lateen.model.identity.SpiffeId;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is protected and who is at its other end. Made once for a connection, when its
 * handshake is over; the one plain connections share is {@link #PLAIN}.
 */
public final class Security {

    /** Not protected: anybody may be at the other end. */
    public static final Security PLAIN = new Security(false, null, Principals.NONE, "", "");

    private final boolean encrypted;
    private final @Nullable SpiffeId peer;
    private final String peerName;
    private final Principals principals;
    private final String serverName;
    private final String forwardedCertificate;

    private Security(
            boolean encrypted,
            @Nullable SpiffeId peer,
            Principals principals,
            String serverName,
            String forwardedCertificate) {
        this.encrypted = encrypted;
        this.peer = peer;
        this.peerName = peer == null ? "" : peer.toString();
        this.principals = principals;
        this.serverName = serverName;
        this.forwardedCertificate = forwardedCertificate;
    }

    /**
     * A connection that is encrypted between others: nothing is proven to us.
     *
     * @param serverName the name that was asked for (SNI), lower case; empty when none was
     */
    public static Security passing(String serverName) {
        return serverName.isEmpty()
                ? PLAIN
                : new Security(false, null, Principals.NONE, serverName, "");
    }

    /**
     * A connection whose handshake is over.
     *
     * @param peer whom the other end's certificate names; null when it showed none
     * @param principals both ends
     * @param serverName the name that was asked for (SNI), lower case; empty when none was
     * @param forwardedCertificate an element of {@code x-forwarded-client-cert}; empty for a
     *     connection of our own, or without a certificate
     */
    public static Security encrypted(
            @Nullable SpiffeId peer,
            Principals principals,
            String serverName,
            String forwardedCertificate) {
        return new Security(true, peer, principals, serverName, forwardedCertificate);
    }

    /** Whether nobody on the way can read it. */
    public boolean isEncrypted() {
        return encrypted;
    }

    /** Whether the other end has proven who it is. */
    public boolean isAuthenticated() {
        return peer != null;
    }

    /** Who the other end is; null when it has not proven it. */
    public @Nullable SpiffeId peer() {
        return peer;
    }

    /** As {@link #peer}, {@code spiffe://…}; empty when it has not proven it. */
    public String peerName() {
        return peerName;
    }

    /** Both ends. */
    public Principals principals() {
        return principals;
    }

    /** The name that the client asked for (SNI), lower case; empty when it asked for none. */
    public String serverName() {
        return serverName;
    }

    /** What the next hop may be told of the client's certificate; empty when there is none. */
    public String forwardedCertificate() {
        return forwardedCertificate;
    }

    @Override
    public String toString() {
        return encrypted ? "TLS from " + (peer == null ? "nobody proven" : peerName) : "plain text";
    }
}
