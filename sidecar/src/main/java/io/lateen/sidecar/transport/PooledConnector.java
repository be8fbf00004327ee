package io.lateen.sidecar.transport;

import io.lateen.sidecar.http1.ClientConnection;
import io.lateen.sidecar.http2.ClientSession;
import io.lateen.sidecar.plan.ConnectionPolicy;
import io.lateen.sidecar.upstream.Connector;
import io.lateen.sidecar.upstream.Dialer;
import io.lateen.sidecar.upstream.Worker;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/** Connects to endpoints and puts what is spoken there into the pipeline. */
final class PooledConnector implements Connector {
    private final Dialer dialer;

    PooledConnector(Dialer dialer) {
        this.dialer = dialer;
    }

    @Override
    public void connect(
            Worker worker,
            InetSocketAddress address,
            Speech speech,
            ConnectionPolicy policy,
            Outcome outcome) {
        dialer.dial(
                worker.loop(),
                address,
                policy,
                new Dialer.Outcome() {
                    @Override
                    public void connected(Channel channel) {
                        switch (speech) {
                            case HTTP1 -> {
                                ClientConnection connection =
                                        new ClientConnection(worker, channel, policy, outcome);
                                channel.pipeline().addLast(connection);
                                channel.config().setAutoRead(true);
                                outcome.connected(connection);
                            }
                            case HTTP2 -> {
                                ClientSession session =
                                        ClientSession.install(worker, channel, policy, outcome);
                                channel.config().setAutoRead(true);
                                outcome.connected(session);
                            }
                        }
                    }

                    @Override
                    public void failed(String reason) {
                        outcome.failed(reason);
                    }
                });
    }
}
