package io.lateen.sidecar.upstream;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * One event loop's requests to one cluster that have not ended. Written by that loop alone, without
 * a fence; read by any.
 */
final class Outstanding {
    private final AtomicInteger count = new AtomicInteger();

    void begin() {
        count.setOpaque(count.getPlain() + 1);
    }

    void end() {
        count.setOpaque(count.getPlain() - 1);
    }

    int get() {
        return count.getOpaque();
    }
}
