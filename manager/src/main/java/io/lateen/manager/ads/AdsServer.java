package io.lateen.manager.ads;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for proxies. Started once the first snapshot is there, so that no proxy is ever told that
 * the mesh is empty when it is only not read yet.
 */
public final class AdsServer implements AutoCloseable {

    /**
     * A connection on which nothing was heard for this long is asked whether it is alive, and given
     * as long to answer: a dead one is noticed within 5 s. With the grace that a registration has,
     * that stays under the 10 s after which its endpoints must be gone.
     */
    private static final Duration KEEPALIVE = Duration.ofMillis(2_500);

    /** A proxy says what it holds by name and version: 100,000 of them fit. */
    private static final int LARGEST_REQUEST = 16 * 1024 * 1024;

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(2);
    private static final Logger log = LoggerFactory.getLogger(AdsServer.class);

    private final InetSocketAddress address;
    private final Surroundings surroundings;
    private final AdsService service;
    private final Server server;

    /** A server on {@code address}; port 0 takes a free one. */
    public AdsServer(InetSocketAddress address, Surroundings surroundings) {
        this.address = address;
        this.surroundings = surroundings;
        this.service = new AdsService(surroundings);
        this.server =
                NettyServerBuilder.forAddress(address)
                        .executor(surroundings.executor())
                        .addService(service)
                        .keepAliveTime(KEEPALIVE.toMillis(), TimeUnit.MILLISECONDS)
                        .keepAliveTimeout(KEEPALIVE.toMillis(), TimeUnit.MILLISECONDS)
                        .permitKeepAliveTime(1, TimeUnit.SECONDS)
                        .permitKeepAliveWithoutCalls(true)
                        .maxInboundMessageSize(LARGEST_REQUEST)
                        .build();
    }

    /**
     * Begins to listen.
     *
     * @throws UnusableAddress if the address is taken or not this machine's
     */
    public void start() {
        try {
            server.start();
        } catch (IOException e) {
            throw new UnusableAddress(
                    "--lateen.xds-address, --lateen.xds-port: cannot listen on "
                            + address
                            + ", expected a free port on an address of this machine; stop what"
                            + " listens there, or choose another.",
                    e);
        }
        log.info(
                "Listening for proxies address={} manager={}",
                server.getListenSockets(),
                surroundings.manager());
    }

    /** The port that it listens on. */
    public int port() {
        return server.getPort();
    }

    /** Ends every stream with a word of why, and stops listening. */
    @Override
    public void close() {
        server.shutdown();
        service.closeAll();
        try {
            if (!server.awaitTermination(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
