package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.Security;
import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;

/** An endpoint's side of one try: where the request goes and where its response comes from. */
public interface UpstreamStream {
    /**
     * Sends the request's head.
     *
     * @param end there is no body
     * @param frames chunks of the body could come with their framing
     */
    void head(RequestHead head, boolean end, boolean frames);

    /** Whether chunks of the response can be told with their framing; after its head. */
    boolean sendsFrames();

    /** Whether {@link #body} takes chunks with their framing; after {@link #head}. */
    boolean takesFrames();

    /** Sends a piece of the body and takes ownership of it. */
    void body(ByteBuf data, boolean end);

    /** Ends the request with trailers. */
    void trailers(Fields trailers);

    /** Sends what was written. */
    void flush();

    /** Whether the endpoint takes more at the moment. */
    boolean writable();

    /** Lets the response flow, or holds it back. It flows from the start. */
    void demand(boolean on);

    /** Ends the try without its response; the listener is not called any more. */
    void cancel();

    /** Whether the connection had carried a request before this one. */
    boolean reused();

    /** The endpoint's address. */
    SocketAddress remote();

    /** Our address. */
    SocketAddress local();

    /** How the connection is protected, and who the endpoint is. */
    Security security();
}
