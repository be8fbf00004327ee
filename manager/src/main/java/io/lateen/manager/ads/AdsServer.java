package io.lateen.manager.ads;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.NettyServerBuilder;
import io.lateen.identity.tls.CallerIdentity;
import io.lateen.start.UnusableAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for proxies. Started once the first snapshot is there, so that no proxy is ever told that
 * the mesh is empty when it is only not read yet.
 */
public final class AdsServer implements AutoCloseable {

    /**
     * A connection on which nothing was heard for this long is asked whether it is alive. gRPC
     * takes no less; sidecars with a workload are watched more closely, by {@link Heartbeat}.
     */
    private static final Duration KEEPALIVE = Duration.ofSeconds(10);

    private static final Duration KEEPALIVE_ANSWER = Duration.ofSeconds(3);

    /** A proxy says what it holds by name and version: 100,000 of them fit. */
    private static final int LARGEST_REQUEST = 16 * 1024 * 1024;

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(2);
    private static final Logger log = LoggerFactory.getLogger(AdsServer.class);

    private final List<Listening> places;
    private final Surroundings surroundings;
    private final AdsService service;
    private final List<Server> servers;

    /** A server on each of {@code places}; a port 0 takes a free one. */
    public AdsServer(List<Listening> places, Surroundings surroundings) {
        this.places = List.copyOf(places);
        this.surroundings = surroundings;
        this.service = new AdsService(surroundings);
        this.servers = places.stream().map(this::server).toList();
    }

    private Server server(Listening place) {
        return NettyServerBuilder.forAddress(place.address(), place.credentials())
                .executor(surroundings.executor())
                .addService(ServerInterceptors.intercept(service, new CallerIdentity()))
                .keepAliveTime(KEEPALIVE.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(KEEPALIVE_ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .maxInboundMessageSize(LARGEST_REQUEST)
                .build();
    }

    /**
     * Begins to listen.
     *
     * @throws UnusableAddress if an address is taken or not this machine's
     */
    public void start() {
        for (int i = 0; i < servers.size(); i++) {
            start(servers.get(i), places.get(i));
        }
    }

    private void start(Server server, Listening place) {
        try {
            server.start();
        } catch (IOException e) {
            throw UnusableAddress.of(place.settings(), place.address(), e);
        }
        log.info(
                "Listening for proxies address={} manager={}",
                server.getListenSockets(),
                surroundings.manager());
    }

    /** The port of the first place. */
    public int port() {
        return port(0);
    }

    /** The port that it listens on at one of the places. */
    public int port(int place) {
        return servers.get(place).getPort();
    }

    /** Ends every stream with a word of why, and stops listening. */
    @Override
    public void close() {
        servers.forEach(Server::shutdown);
        service.closeAll();
        long end = System.nanoTime() + STOP_DEADLINE.toNanos();
        try {
            for (Server server : servers) {
                if (!server.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    server.shutdownNow();
                }
            }
        } catch (InterruptedException e) {
            servers.forEach(Server::shutdownNow);
            Thread.currentThread().interrupt();
        }
    }
}
