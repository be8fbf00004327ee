package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.ResponseHead;
import io.netty.buffer.ByteBuf;

/** The client's side of one exchange: where its response goes, and where its body comes from. */
public interface Downstream {
    /** Sends an interim response (1xx). */
    void interim(ResponseHead head);

    /** Whether chunks of the request can be told with their framing. */
    boolean sendsFrames();

    /**
     * Sends the response's head.
     *
     * @param end there is no body
     * @param frames chunks of the body could come with their framing
     */
    void head(ResponseHead head, boolean end, boolean frames);

    /** Whether {@link #body} takes chunks with their framing; after {@link #head}. */
    boolean takesFrames();

    /** Sends a piece of the body and takes ownership of it. */
    void body(ByteBuf data, boolean end);

    /** Ends the response with trailers. */
    void trailers(Fields trailers);

    /** Breaks the response off, so that the client can tell that it is not complete. */
    void abort();

    /** Sends what was written. */
    void flush();

    /** Whether the client takes more at the moment. */
    boolean writable();

    /** Lets the request's body flow, or holds it back. Nothing flows before the first call. */
    void demand(boolean on);

    /** The response was 101: from now on bytes, both ways, without messages. */
    void tunnel();

    /** The exchange is over and its heads belong to the worker again. */
    void finished();
}
