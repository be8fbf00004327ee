package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.HttpProtocol;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Plan;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A request as it arrived.
 *
 * @param origin where it came from and when
 * @param plan the plan that carries it to its end
 * @param listener the listener that it came to
 * @param upgrade the protocol it asks to be upgraded to, lower case; null for none
 * @param originalDestination where a captured connection wanted to go; null when not captured
 */
public record Arrival(
        Exchange.Origin origin,
        Plan plan,
        ListenerPlan listener,
        @Nullable String upgrade,
        @Nullable InetSocketAddress originalDestination) {

    /**
     * A request that has just been read from a connection.
     *
     * @param head what was read, however far it was understood
     */
    public static Arrival of(
            Worker worker,
            Channel channel,
            Entrance entrance,
            HttpProtocol protocol,
            Plan plan,
            RequestHead head,
            @Nullable String upgrade) {
        Exchange.Origin origin =
                new Exchange.Origin(
                        worker.loop(),
                        worker.random(),
                        entrance.direction(),
                        protocol,
                        entrance.remote(channel),
                        channel.localAddress(),
                        entrance.security(),
                        worker.nanos(),
                        worker.millis());
        return new Arrival(
                origin,
                plan,
                entrance.listener(plan, head),
                upgrade,
                entrance.originalDestination());
    }
}
