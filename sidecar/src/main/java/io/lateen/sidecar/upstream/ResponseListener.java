package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.ResponseHead;
import io.netty.buffer.ByteBuf;

/**
 * Hears what comes back on an {@link UpstreamStream}; nothing after its end or its cancellation.
 */
public interface ResponseListener {
    /** Where the stream puts the response's head. */
    ResponseHead responseHead();

    /** Whether the response answers a HEAD request, and so has no body whatever it declares. */
    boolean answersHead();

    /** An interim response (1xx, not 101) is in {@link #responseHead()}. */
    void onInterim();

    /** The response is in {@link #responseHead()}. */
    void onHead(boolean end);

    /** Whether chunks may come with their framing; asked after {@link #onHead}. */
    boolean takesFrames();

    /** A piece of the body, owned by the listener from now on. */
    void onBody(ByteBuf data, int content, boolean end);

    /** The response ends with these trailers. */
    void onTrailers(Fields trailers);

    /** Everything of one read has been told: time to flush. */
    void onReadComplete();

    /** The endpoint takes more again. */
    void onWritable();

    /** The try ended without a complete response. */
    void onReset(Reset reset);

    /**
     * Why a try ended early.
     *
     * @param failure what it means if nothing more is tried
     * @param refused the endpoint says that it did not begin to work on the request
     */
    record Reset(Failure failure, boolean refused) {}
}
