package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.Security;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Plan;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** How a client's connection came in, and so how the listener of each of its requests is found. */
public interface Entrance {
    /** The name of the socket that it was accepted on. */
    String socket();

    /** How the connection is protected, and who the client is. */
    Security security();

    /** Whose it is: at the other end of the socket, or behind who is there. */
    default SocketAddress remote(Channel channel) {
        return channel.remoteAddress();
    }

    /** Which way its requests cross the sidecar. */
    Direction direction();

    /** The listener of a request under a plan; looked up anew for each request. */
    ListenerPlan listener(Plan plan, RequestHead head);

    /** Where a captured connection wanted to go; null when it was not captured. */
    @Nullable InetSocketAddress originalDestination();

    /** Edits a request before anything else sees it: a dependency listener names its service. */
    void prepare(RequestHead head);

    /** Whether CONNECT may be used here. */
    boolean tunnels();

    /**
     * Takes the connection over after a CONNECT, whose handler is gone, and answers it: raw bytes
     * once their other end is reached, HTTP at once.
     *
     * @param early bytes that came behind the CONNECT, owned by the callee
     */
    void tunnel(Channel channel, String host, int port, ByteBuf early);
}
