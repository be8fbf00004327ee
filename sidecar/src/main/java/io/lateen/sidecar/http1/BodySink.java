package io.lateen.sidecar.http1;

import io.lateen.sidecar.exchange.Fields;
import io.netty.buffer.ByteBuf;

/** Takes a message's body as it is read. */
interface BodySink {
    /**
     * A piece of the body.
     *
     * @param data owned by the sink from now on
     * @param content how many of its bytes are content, the rest is chunk framing
     * @param end whether the message ends with it
     */
    void data(ByteBuf data, int content, boolean end);

    /** The message ends with these trailers. */
    void trailers(Fields trailers);
}
