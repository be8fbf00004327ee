package io.lateen.sidecar.exchange;

import java.net.SocketAddress;

/** What a policy may ask of the connection that a request or a stream of bytes came by. */
public interface Crossing {

    /** Which way it crosses the sidecar. */
    Direction direction();

    /** The other end of the client's connection. */
    SocketAddress downstreamRemote();

    /** Our end of the client's connection. */
    SocketAddress downstreamLocal();

    /** How the client's connection is protected, and who the client is. */
    Security security();
}
