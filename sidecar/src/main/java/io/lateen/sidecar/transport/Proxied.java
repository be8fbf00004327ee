package io.lateen.sidecar.transport;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.Security;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.upstream.Entrance;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection that a load balancer passes on for somebody.
 *
 * @param before what the socket makes of it
 * @param source whose it is
 */
record Proxied(Entrance before, InetSocketAddress source) implements Entrance {

    @Override
    public SocketAddress remote(Channel channel) {
        return source;
    }

    @Override
    public String socket() {
        return before.socket();
    }

    @Override
    public Security security() {
        return before.security();
    }

    @Override
    public Direction direction() {
        return before.direction();
    }

    @Override
    public ListenerPlan listener(Plan plan, RequestHead head) {
        return before.listener(plan, head);
    }

    @Override
    public @Nullable InetSocketAddress originalDestination() {
        return before.originalDestination();
    }

    @Override
    public void prepare(RequestHead head) {
        before.prepare(head);
    }

    @Override
    public boolean tunnels() {
        return before.tunnels();
    }

    @Override
    public void tunnel(Channel channel, String host, int port, ByteBuf early) {
        before.tunnel(channel, host, port, early);
    }
}
