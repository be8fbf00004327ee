package io.lateen.sidecar.transport;

import io.lateen.sidecar.http1.ClientConnection;
import io.lateen.sidecar.http2.ClientSession;
import io.lateen.sidecar.plan.ConnectionPolicy;
import io.lateen.sidecar.plan.UpstreamTls;
import io.lateen.sidecar.upstream.Connector;
import io.lateen.sidecar.upstream.Dialer;
import io.lateen.sidecar.upstream.Wire;
import io.lateen.sidecar.upstream.Worker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connects to endpoints and puts what is spoken there into the pipeline. */
final class PooledConnector implements Connector {
    private final Dialer dialer;

    PooledConnector(Dialer dialer) {
        this.dialer = dialer;
    }

    @Override
    public void connect(Worker worker, Dialer.Target target, Speech speech, Outcome outcome) {
        ConnectionPolicy policy = target.policy();
        dialer.dial(
                worker.loop(),
                target,
                protocols(target.tls(), speech),
                new Dialer.Outcome() {
                    @Override
                    public void connected(Wire wire) {
                        switch (speech) {
                            case HTTP1 -> {
                                ClientConnection connection =
                                        new ClientConnection(worker, wire, policy, outcome);
                                wire.channel().pipeline().addLast(connection);
                                wire.channel().config().setAutoRead(true);
                                outcome.connected(connection);
                            }
                            case HTTP2 -> {
                                ClientSession session =
                                        ClientSession.install(worker, wire, policy, outcome);
                                wire.channel().config().setAutoRead(true);
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

    @Override
    public void dial(Worker worker, Dialer.Target target, Dialer.Outcome outcome) {
        UpstreamTls tls = target.tls();
        dialer.dial(worker.loop(), target, tls == null ? List.of() : tls.offers().bytes(), outcome);
    }

    private static List<String> protocols(@Nullable UpstreamTls tls, Speech speech) {
        if (tls == null) {
            return List.of();
        }
        return switch (speech) {
            case HTTP1 -> tls.offers().http1();
            case HTTP2 -> tls.offers().http2();
        };
    }
}
