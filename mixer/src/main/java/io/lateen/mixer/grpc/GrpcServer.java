package io.lateen.mixer.grpc;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.lateen.identity.tls.CallerIdentity;
import io.lateen.start.UnusableAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Listens for sidecars, from when everything else is there until it ends first. */
public final class GrpcServer implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(GrpcServer.class);

    /** A batch of records: a sidecar sends them at 16 KB, a stock Envoy likewise. */
    private static final int LARGEST_MESSAGE = 4 * 1024 * 1024;

    private final InetSocketAddress address;
    private final Server server;
    private volatile boolean running;

    GrpcServer(
            InetSocketAddress address,
            ServerCredentials credentials,
            List<BindableService> services) {
        this.address = address;
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(address, credentials)
                        // Nothing here blocks, and a question about quota must not wait for a
                        // thread.
                        .directExecutor()
                        .intercept(new CallerIdentity())
                        .intercept(new Forwarded())
                        .keepAliveTime(10, TimeUnit.SECONDS)
                        .keepAliveTimeout(5, TimeUnit.SECONDS)
                        .permitKeepAliveTime(1, TimeUnit.SECONDS)
                        .permitKeepAliveWithoutCalls(true)
                        .maxInboundMessageSize(LARGEST_MESSAGE);
        services.forEach(builder::addService);
        this.server = builder.build();
    }

    @Override
    public void start() {
        try {
            server.start();
        } catch (IOException e) {
            throw UnusableAddress.of("--lateen.grpc-address, --lateen.grpc-port", address, e);
        }
        running = true;
        log.info("Listening for sidecars address={}", server.getListenSockets());
    }

    /** The port that it listens on. */
    public int port() {
        return server.getPort();
    }

    /** Stops; streams that are open are cut after a second, and their sidecars try again. */
    @Override
    public void stop() {
        running = false;
        server.shutdown();
        try {
            if (!server.awaitTermination(1, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        // Other mixers hear of this one after it listens, and that it ends before it does not.
        return Integer.MAX_VALUE - 1;
    }
}
