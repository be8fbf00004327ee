package io.lateen.sidecar.transport;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.Security;
import io.lateen.sidecar.plan.ConnectionTraits;
import io.lateen.sidecar.plan.FilterChains;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.upstream.Entrance;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose filter chain is known. Under each new plan its chain is looked up once again,
 * so that a policy that has become stricter holds for connections that are older than it.
 */
final class Inspected implements Entrance {
    private final Entrance before;
    private final ConnectionTraits traits;
    private final Security security;
    private @Nullable Plan seen;
    private ListenerPlan chosen = ListenerPlan.Refused.NO_LISTENER;

    Inspected(Entrance before, ConnectionTraits traits, Security security) {
        this.before = before;
        this.traits = traits;
        this.security = security;
    }

    @Override
    public String socket() {
        return before.socket();
    }

    @Override
    public SocketAddress remote(Channel channel) {
        return before.remote(channel);
    }

    @Override
    public Security security() {
        return security;
    }

    @Override
    public Direction direction() {
        return before.direction();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a plan that is looked at again is the same one
    public ListenerPlan listener(Plan plan, RequestHead head) {
        if (plan != seen) {
            seen = plan;
            chosen =
                    before.listener(plan, head) instanceof ListenerPlan.Chains(FilterChains chains)
                            ? chains.of(traits)
                            : before.listener(plan, head);
        }
        return chosen;
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
