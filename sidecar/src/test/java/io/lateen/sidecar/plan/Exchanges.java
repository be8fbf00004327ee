package io.lateen.sidecar.plan;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.HttpProtocol;
import io.lateen.sidecar.exchange.LocalReply;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.exchange.Security;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;

/** Exchanges that nobody carries, for what is asked of heads alone. */
final class Exchanges {
    private static final EventLoop LOOP = new DefaultEventLoop();

    private Exchanges() {}

    static Exchange of(RequestHead request, ResponseHead response) {
        return new Exchange(
                new Nobody(),
                new Exchange.Origin(
                        LOOP,
                        new SplittableRandom(1),
                        Direction.OUTBOUND,
                        HttpProtocol.HTTP_1_1,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 15_001),
                        Security.PLAIN,
                        0,
                        0),
                request,
                response);
    }

    private static final class Nobody implements Exchange.Carrier {
        @Override
        public void resume() {}

        @Override
        public void fail(Failure failure) {}

        @Override
        public void answer(LocalReply reply) {}

        @Override
        public void resumeAfter(long nanos) {}
    }
}
