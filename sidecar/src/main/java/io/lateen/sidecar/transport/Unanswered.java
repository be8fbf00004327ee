package io.lateen.sidecar.transport;

import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.TcpFlow;
import io.lateen.sidecar.upstream.Entrance;
import io.lateen.sidecar.upstream.Worker;
import io.netty.channel.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a connection whose client cannot be answered, since it is not known what it would
 * understand. It is counted as a raw connection that failed.
 */
final class Unanswered {
    private static final Logger log = LoggerFactory.getLogger(Unanswered.class);

    private Unanswered() {}

    static void close(Worker worker, Channel channel, Entrance entrance, Failure failure) {
        log.debug("a connection is refused; socket={} failure={}", entrance.socket(), failure);
        TcpFlow flow =
                new TcpFlow(
                        entrance.direction(),
                        worker.nanos(),
                        entrance.remote(channel),
                        channel.localAddress(),
                        entrance.security());
        flow.failed(failure);
        worker.connections().opened(flow);
        flow.ended(worker.nanos());
        worker.connections().ended(flow);
        var _ = channel.close();
    }
}
