package io.lateen.authca.serve;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.NettyServerBuilder;
import io.lateen.identity.ca.CertificateRenewal;
import io.lateen.identity.ca.RenewalThread;
import io.lateen.identity.tls.MeshCredentials;
import io.lateen.start.UnusableAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Listens for workloads that ask for certificates: TLS always; who has no certificate yet brings a
 * token.
 */
public final class CertificateServer implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CertificateServer.class);

    private static final int LARGEST_REQUEST = 64 * 1024;
    private static final long STOP_SECONDS = 2;
    private static final long FIRST_CERTIFICATE_SECONDS = 10;

    private final InetSocketAddress address;
    private final CertificateRenewal own;
    private final RenewalThread thread;
    private final ExecutorService calls =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("ca-", 0).factory());
    private final Server server;
    private volatile boolean running;

    CertificateServer(
            InetSocketAddress address,
            CertificateRenewal own,
            RenewalThread thread,
            CertificateService service,
            Clock clock) {
        this.address = address;
        this.own = own;
        this.thread = thread;
        this.server =
                NettyServerBuilder.forAddress(
                                address,
                                MeshCredentials.server(
                                        own, MeshCredentials.Clients.MAY_SHOW_A_CERTIFICATE, clock))
                        .executor(calls)
                        .addService(ServerInterceptors.intercept(service, new CallFacts.Reading()))
                        .maxInboundMessageSize(LARGEST_REQUEST)
                        // Strangers may connect: none may hold what others need.
                        .handshakeTimeout(10, TimeUnit.SECONDS)
                        .maxConnectionIdle(1, TimeUnit.MINUTES)
                        .maxConcurrentCallsPerConnection(16)
                        .build();
    }

    /** The port that it listens on. */
    public int port() {
        return server.getPort();
    }

    @Override
    public void start() {
        CountDownLatch first = new CountDownLatch(1);
        try (var _ = own.subscribe(_ -> first.countDown())) {
            own.start();
            if (!first.await(FIRST_CERTIFICATE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("Listening without a certificate of its own until there is one.");
            }
            server.start();
        } catch (IOException e) {
            throw UnusableAddress.of("--lateen.grpc-address, --lateen.grpc-port", address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting", e);
        }
        running = true;
        log.info("Listening for workloads. address={}", server.getListenSockets());
    }

    @Override
    public void stop() {
        running = false;
        own.close();
        thread.close();
        server.shutdown();
        try {
            if (!server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
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
}
