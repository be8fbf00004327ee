package io.lateen.sidecar.ads;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one stream open to one of the managers: a random one first, so that sidecars spread over
 * them, and after a failure the next in the list, with a jittered back-off.
 *
 * <p>Confined to the configuration thread, which it is given; its public methods may be called from
 * anywhere and go there.
 */
public final class AdsClient {

    private static final Logger log = LoggerFactory.getLogger(AdsClient.class);

    /** A stream that lasted so long was a good one, though nothing may have come on it. */
    private static final long LASTING_SECONDS = 10;

    /**
     * How often the application's health is said again: a manager that hears nothing for a little
     * more than twice as long takes this sidecar for hung, and its endpoint for gone.
     */
    static final Duration HEARTBEAT = Duration.ofSeconds(2);

    private final List<ManagerAddress> managers;
    private final Node node;
    private final ConfigurationSink sink;
    private final AdsListener listener;
    private final ManagerChannels channels;
    private final ScheduledExecutorService thread;
    private final BackOff backOff;
    private int next;
    private boolean stopped;
    private @Nullable Health health;

    /** Completes when everybody knows that the workload leaves; null while it does not. */
    private @Nullable CompletableFuture<Void> withdrawal;

    private @Nullable String credentialFaults;
    private @Nullable Connection connection;

    public AdsClient(
            Subscription subscription,
            ConfigurationSink sink,
            AdsListener listener,
            Surroundings surroundings) {
        List<ManagerAddress> order = new ArrayList<>(subscription.managers());
        Collections.shuffle(order, surroundings.random());
        this.managers = List.copyOf(order);
        this.node = NodeFactory.node(subscription.node(), subscription.version());
        this.sink = sink;
        this.listener = listener;
        this.channels = surroundings.channels();
        this.thread = surroundings.thread();
        this.backOff = new BackOff(surroundings.random());
    }

    /**
     * Who asks whom.
     *
     * @param managers at least one
     * @param version the sidecar's own, told to the manager
     */
    public record Subscription(
            List<ManagerAddress> managers, NodeDescription node, String version) {

        public Subscription {
            managers = List.copyOf(managers);
            if (managers.isEmpty()) {
                throw new IllegalArgumentException("managers: found none, expected at least one");
            }
        }
    }

    /**
     * What the client stands on.
     *
     * @param thread the configuration thread
     * @param random whom to ask first, and how long to wait
     */
    public record Surroundings(
            ManagerChannels channels, ScheduledExecutorService thread, Random random) {}

    /** Connects, and keeps connecting until {@link #stop}. */
    public void start() {
        thread.execute(this::connect);
    }

    /** Reports the application's health now and on every later stream. */
    public void report(Health now) {
        thread.execute(
                () -> {
                    health = now;
                    if (connection != null) {
                        connection.report(now);
                    }
                });
    }

    /**
     * Reports that the workload is to get no more requests, now and on every later stream.
     *
     * @return done when the manager has said that every sidecar goes by that; at once when no
     *     manager is connected; never when the manager cannot say it
     */
    public CompletableFuture<Void> withdraw(String reason) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.execute(
                () -> {
                    health = new Health.Unhealthy(reason);
                    withdrawal = done;
                    Connection open = connection;
                    if (open == null || !open.connected) {
                        done.complete(null);
                    } else {
                        open.report(health);
                    }
                });
        return done;
    }

    private void withdrawn() {
        if (withdrawal != null) {
            withdrawal.complete(null);
        }
    }

    /**
     * Tells what is wrong with credentials, now and on every later stream: where it is configured,
     * people should see it.
     *
     * @param faults by the name of the place; none once all is well
     */
    public void report(Map<String, String> faults) {
        String text = CredentialReport.text(faults);
        thread.execute(
                () -> {
                    if (credentialFaults == null && faults.isEmpty()) {
                        // Nobody was told of any.
                        return;
                    }
                    credentialFaults = text;
                    if (connection != null) {
                        connection.stream.reportCredentials(text);
                    }
                });
    }

    /**
     * Ends the stream in good order, so that the manager withdraws the workload at once.
     *
     * @return done when the manager has ended its half too, or there was no stream
     */
    public CompletableFuture<Void> stop() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.execute(
                () -> {
                    stopped = true;
                    if (connection == null) {
                        done.complete(null);
                    } else {
                        connection.close(done);
                    }
                });
        return done;
    }

    private void connect() {
        if (stopped) {
            return;
        }
        ManagerAddress manager = managers.get(next % managers.size());
        next++;
        Connection opened = new Connection(manager, channels.open(manager));
        connection = opened;
        opened.open();
    }

    private void lost(Connection lost, Status status) {
        if (lost != connection) {
            return;
        }
        connection = null;
        lost.channel.shutdownNow();
        if (stopped) {
            return;
        }
        String reason = reason(status);
        listener.disconnected(lost.manager.toString(), reason);
        long millis = backOff.next();
        if (backOff.worthTelling()) {
            log.info(
                    "The stream to the manager ended; trying another. manager={} reason=\"{}\""
                            + " in={}ms",
                    lost.manager,
                    reason,
                    millis);
        }
        var _ = thread.schedule(this::connect, millis, TimeUnit.MILLISECONDS);
    }

    private static String reason(Status status) {
        String description = status.getDescription();
        Throwable cause = status.getCause();
        return status.getCode()
                + (description == null ? "" : ": " + description)
                + (cause == null ? "" : ": " + cause.getMessage());
    }

    /** One channel with its one stream. */
    private final class Connection
            implements ClientResponseObserver<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {

        private final ManagerAddress manager;
        private final ManagedChannel channel;
        private final AdsStream stream;
        private boolean connected;
        private @Nullable CompletableFuture<Void> closing;

        Connection(ManagerAddress manager, ManagedChannel channel) {
            this.manager = manager;
            this.channel = channel;
            StreamObserver<DeltaDiscoveryRequest> requests =
                    AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(this);
            this.stream = new AdsStream(requests, node, sink, listener, AdsClient.this::withdrawn);
        }

        void open() {
            stream.open();
            if (health != null) {
                report(health);
            }
            if (credentialFaults != null) {
                stream.reportCredentials(credentialFaults);
            }
        }

        void report(Health now) {
            stream.report(now, withdrawal != null && !withdrawal.isDone());
        }

        void close(CompletableFuture<Void> done) {
            if (closing == null) {
                closing = done;
                stream.halfClose();
            } else {
                var _ = closing.thenRun(() -> done.complete(null));
            }
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<DeltaDiscoveryRequest> requestStream) {
            requestStream.setOnReadyHandler(this::ready);
        }

        /** The manager took the stream. It need not answer when nothing has changed. */
        private void ready() {
            if (!connected) {
                connected = true;
                listener.connected(manager.toString());
                var _ = thread.schedule(this::lasted, LASTING_SECONDS, TimeUnit.SECONDS);
                beatLater();
            }
        }

        private void beatLater() {
            var _ = thread.schedule(this::beat, HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void beat() {
            if (connection == this && closing == null) {
                if (health != null) {
                    report(health);
                }
                beatLater();
            }
        }

        private void lasted() {
            if (connection == this) {
                backOff.reset();
            }
        }

        @Override
        public void onNext(DeltaDiscoveryResponse response) {
            backOff.reset();
            stream.receive(response);
        }

        @Override
        public void onError(Throwable error) {
            ended(Status.fromThrowable(error));
        }

        @Override
        public void onCompleted() {
            ended(Status.UNAVAILABLE.withDescription("the manager ended the stream"));
        }

        private void ended(Status status) {
            lost(this, status);
            if (closing != null) {
                closing.complete(null);
            }
        }
    }
}
