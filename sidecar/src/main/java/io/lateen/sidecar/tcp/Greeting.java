package io.lateen.sidecar.tcp;

import io.lateen.sidecar.exchange.Failure;
import io.netty.buffer.ByteBuf;

/** What a client is told of a raw connection that it asked for in another protocol. */
public interface Greeting {
    /** The other end is there: bytes may follow. */
    ByteBuf reached();

    /** It can't be reached, and why; the connection closes behind it. */
    ByteBuf failed(Failure failure);
}
