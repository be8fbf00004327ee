package io.lateen.sidecar.upstream;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.List;

/** Resolves names of hosts without blocking. */
@FunctionalInterface
public interface Names {
    /** Resolves a name; {@code answer} is called on {@code loop}, at once when it is known. */
    void resolve(EventLoop loop, String host, Answer answer);

    /** What became of it. */
    interface Answer {
        /** At least one address, and for how long it may be used. */
        void resolved(List<InetAddress> addresses, long ttlSeconds);

        /** There is none, and why. */
        void failed(String reason);
    }
}
