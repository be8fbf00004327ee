package io.lateen.sidecar.upstream;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** The body that was sent so far, kept so that it can be sent again; given up when it grows. */
final class Replay {
    private static final int LIMIT = 64 * 1024;

    private final List<ByteBuf> pieces = new ArrayList<>(2);
    private int size;
    private boolean complete;
    private boolean lost;

    /** Notes a piece without taking it. */
    void add(ByteBuf data, boolean end) {
        complete |= end;
        size += data.readableBytes();
        if (size > LIMIT) {
            release();
            lost = true;
        } else if (data.isReadable()) {
            pieces.add(data.retainedDuplicate());
        }
    }

    /** Whether everything that was sent is still here. */
    boolean possible() {
        return !lost;
    }

    /** Sends all of it. */
    void sendTo(UpstreamStream stream) {
        for (int i = 0; i < pieces.size(); i++) {
            stream.body(pieces.get(i).retainedDuplicate(), complete && i == pieces.size() - 1);
        }
    }

    /** Whether the last piece is here. */
    boolean complete() {
        return complete && !pieces.isEmpty();
    }

    void release() {
        pieces.forEach(ByteBuf::release);
        pieces.clear();
    }
}
