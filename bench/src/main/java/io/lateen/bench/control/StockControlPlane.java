package io.lateen.bench.control;

import io.envoyproxy.controlplane.cache.NodeGroup;
import io.envoyproxy.controlplane.cache.v3.SimpleCache;
import io.envoyproxy.controlplane.cache.v3.Snapshot;
import io.envoyproxy.controlplane.server.V3DiscoveryServer;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * java-control-plane's server with one snapshot for whoever asks. Started and closed by the bench's
 * main thread.
 */
public final class StockControlPlane implements AutoCloseable {

    private static final String EVERYONE = "everyone";

    private final Server server;

    private StockControlPlane(Server server) {
        this.server = server;
    }

    /**
     * Tells whoever asks on {@code address} the same.
     *
     * @param credentials of the manager that it stands for
     */
    public static StockControlPlane start(
            InetSocketAddress address, ServerCredentials credentials, Resources told) {
        SimpleCache<String> cache =
                new SimpleCache<>(
                        new NodeGroup<>() {
                            @Override
                            public String hash(Node node) {
                                return EVERYONE;
                            }
                        });
        cache.setSnapshot(
                EVERYONE,
                Snapshot.create(
                        told.clusters(),
                        told.endpoints(),
                        told.listeners(),
                        told.routes(),
                        List.of(),
                        "1"));
        V3DiscoveryServer discovery = new V3DiscoveryServer(cache);
        try {
            return new StockControlPlane(
                    NettyServerBuilder.forAddress(address, credentials)
                            .permitKeepAliveTime(1, TimeUnit.SECONDS)
                            .addService(discovery.getAggregatedDiscoveryServiceImpl())
                            .build()
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the xDS server cannot listen on " + address + ": is another bench running?",
                    e);
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
