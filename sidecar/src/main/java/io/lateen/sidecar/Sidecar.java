package io.lateen.sidecar;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.lateen.identity.CertificateFolder;
import io.lateen.identity.CertificateSource;
import io.lateen.identity.ca.KeptCertificate;
import io.lateen.identity.tls.MeshCredentials;
import io.lateen.model.identity.SpiffeId;
import io.lateen.model.identity.TrustDomain;
import io.lateen.model.naming.ProxyType;
import io.lateen.sidecar.admin.AdminPages;
import io.lateen.sidecar.admin.AdminToken;
import io.lateen.sidecar.admin.PageServer;
import io.lateen.sidecar.admin.ServerState;
import io.lateen.sidecar.ads.AdsClient;
import io.lateen.sidecar.ads.GrpcChannels;
import io.lateen.sidecar.ads.Health;
import io.lateen.sidecar.ads.LastGoodFile;
import io.lateen.sidecar.ads.LastGoodSaving;
import io.lateen.sidecar.ads.NodeDescription;
import io.lateen.sidecar.ads.PeerMetadata;
import io.lateen.sidecar.ads.ResourceType;
import io.lateen.sidecar.credential.Credentials;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.exchange.WorkloadFacts;
import io.lateen.sidecar.grpc.ClusterChannels;
import io.lateen.sidecar.health.HealthWatch;
import io.lateen.sidecar.health.Presence;
import io.lateen.sidecar.overload.FileLimit;
import io.lateen.sidecar.overload.MemoryGovernor;
import io.lateen.sidecar.overload.Room;
import io.lateen.sidecar.plan.LivePlan;
import io.lateen.sidecar.plan.PlanCompiler;
import io.lateen.sidecar.plan.PlanFeed;
import io.lateen.sidecar.quota.QuotaServiceFactory;
import io.lateen.sidecar.report.Reports;
import io.lateen.sidecar.telemetry.AccessLog;
import io.lateen.sidecar.telemetry.Metrics;
import io.lateen.sidecar.telemetry.Telemetry;
import io.lateen.sidecar.tls.Tls;
import io.lateen.sidecar.transport.Listeners;
import io.lateen.sidecar.upstream.EndpointCount;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.internal.PlatformDependent;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.resources.LoopResources;

/**
 * A running sidecar: puts its parts together, top-down, and takes them apart in order. Clocks and
 * randomness come from here.
 */
public final class Sidecar implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Sidecar.class);

    private static final int ADMIN_PORT = 15000;
    private static final int READINESS_PORT = 15021;
    private static final int METRICS_PORT = 15090;

    private static final long MEMORY_MILLIS = 250;
    private static final Duration FAREWELL = Duration.ofSeconds(1);
    private static final Duration COUNTING = Duration.ofSeconds(1);

    private final Settings settings;
    private final String version;
    private final long startedNanos = System.nanoTime();
    private final ScheduledExecutorService thread;
    private final LoopResources loops;
    private final Optional<AccessLog> accessLog;
    private final Tls tls;
    private final Optional<KeptCertificate> certificate;
    private final Reports reports;
    private final Listeners listeners;
    private final Configuration configuration;
    private final AdsClient ads;
    private final HealthWatch health;
    private final List<PageServer> servers = new ArrayList<>();
    private final Departure departure;
    private final Runnable exit;
    private final AtomicBoolean closing = new AtomicBoolean();
    private @Nullable Health found;
    private Map<String, String> credentialFaults = Map.of();

    private Sidecar(Settings settings, String version, Runnable exit) throws IOException {
        this.settings = settings;
        this.exit = exit;
        this.version = version;
        // One thread for configuration: it may be busy for long without a request noticing.
        thread = Executors.newSingleThreadScheduledExecutor(Sidecar::configurationThread);
        // Few loops for all else: traffic, the bytes of the manager's stream, probes and pages.
        loops = LoopResources.create("lateen", settings.concurrency(), true);
        accessLog = openAccessLog(settings);
        Optional<AdminToken> token = adminToken(settings);
        // Who this workload is: asked for first, because managers and peers want to know.
        certificate = settings.identity().map(this::keepCertificate);
        // Telemetry hears of all traffic, so it is there before any socket.
        Telemetry telemetry =
                new Telemetry(facts(settings.node()), version, gauges(), accessLog.orElse(null));
        LivePlan live = new LivePlan();
        tls =
                Tls.of(
                        certificate.orElse(null),
                        new Credentials(
                                settings.outside().credentials().orElse(null),
                                settings.outside()
                                        .roots()
                                        .map(List::of)
                                        .orElseGet(Credentials::usualRoots)),
                        InstantSource.system());
        ClusterChannels channels = channels(live, certificate.orElse(null));
        reports =
                new Reports(
                        telemetry,
                        channels,
                        settings.node(),
                        version,
                        new Reports.Surroundings(
                                System::nanoTime, System::currentTimeMillis, new Random()));
        MemoryGovernor governor = governor();
        var _ =
                loops.onServer(true)
                        .next()
                        .scheduleAtFixedRate(
                                governor::sample,
                                MEMORY_MILLIS,
                                MEMORY_MILLIS,
                                TimeUnit.MILLISECONDS);
        listeners =
                new Listeners(
                        loops,
                        live,
                        reports,
                        new QuotaServiceFactory(channels, System::nanoTime),
                        carriage(settings, new Room(governor::full, connections(settings))),
                        tls);
        // From resources to the plan in force, with a copy on disk.
        configuration =
                new Configuration(
                        listeners,
                        settings.stateDirectory()
                                .map(it -> new LastGoodFile(it, settings.node().id().toString()))
                                .map(this::saving),
                        System::currentTimeMillis,
                        this::inForce);
        PlanFeed feed =
                new PlanFeed(
                        new PlanCompiler(
                                settings.dependencies(), settings.proxyHeaders().orElse(null)),
                        configuration,
                        settings.type() == ProxyType.ROUTER
                                ? Set.of(ResourceType.CLUSTERS)
                                : Set.of(ResourceType.CLUSTERS, ResourceType.LISTENERS),
                        thread);
        ads = adsClient(feed);
        health = new HealthWatch(settings.probe(), loops, thread, this::report);
        departure =
                new Departure(
                        settings,
                        listeners,
                        new Presence(settings.probe(), loops),
                        this::withdraw,
                        System::nanoTime);
        AdminPages pages =
                new AdminPages(
                        live,
                        telemetry,
                        this::counts,
                        this::info,
                        feed::resources,
                        new AdminPages.Ends(this::drain, this::quit, token));
        start(feed, pages);
    }

    /**
     * Starts a sidecar; it carries traffic once it has configuration.
     *
     * @param exit ends the program, and with it this sidecar, when {@code /quitquitquit} asks for
     *     it
     * @throws IOException when the access log's file, or that of the admin pages' token, cannot be
     *     written
     * @throws reactor.netty.ChannelBindException when a port of its own is taken
     */
    public static Sidecar start(Settings settings, String version, Runnable exit)
            throws IOException {
        return new Sidecar(settings, version, exit);
    }

    private void start(PlanFeed feed, AdminPages pages) {
        // What was saved first: traffic can flow before a manager has answered.
        thread.execute(() -> configuration.restore(feed));
        var _ = thread.scheduleWithFixedDelay(this::lookAtFiles, 1, 1, TimeUnit.SECONDS);
        // Then the manager, and the application: both take their time.
        certificate.ifPresentOrElse(this::startWithCertificate, ads::start);
        health.start();
        // Then the pages: readiness answers on its loop, even while configuration is compiled.
        InetAddress address = settings.address();
        InetAddress local =
                address.isLoopbackAddress() ? address : InetAddress.getLoopbackAddress();
        servers.add(
                PageServer.open(
                        new InetSocketAddress(address, READINESS_PORT),
                        pages.readiness(),
                        loops,
                        Runnable::run));
        servers.add(
                PageServer.open(
                        new InetSocketAddress(address, METRICS_PORT),
                        pages.metrics(),
                        loops,
                        thread));
        servers.add(
                PageServer.local(
                        new InetSocketAddress(local, ADMIN_PORT), pages.admin(), loops, thread));
        log.info(
                "Started. node={} version={} admin={}",
                settings.node().id(),
                version,
                servers.getLast().address());
    }

    private KeptCertificate keepCertificate(OwnIdentity identity) {
        EventLoopGroup group = loops.onClient(true);
        Class<? extends Channel> type = loops.onChannelClass(SocketChannel.class, group);
        log.info(
                "Asking for a certificate. authority={}:{} identity={}",
                identity.authority().host(),
                identity.authority().port(),
                identity.authority().identity().orElse(null));
        return KeptCertificate.start(
                identity.authority(),
                identity.directory().map(CertificateFolder::new),
                InstantSource.system(),
                new SecureRandom(),
                channel -> channel.eventLoopGroup(group).channelType(type).directExecutor());
    }

    /** Managers take nobody without a certificate: until there is one, what was saved serves. */
    private void startWithCertificate(KeptCertificate own) {
        AtomicBoolean started = new AtomicBoolean();
        // Closed with the certificate itself: what it does from the second time on is nothing.
        CertificateSource.Subscription _ =
                own.subscribe(
                        _ -> {
                            if (started.compareAndSet(false, true)) {
                                ads.start();
                            }
                        });
    }

    private ChannelCredentials managerCredentials() {
        SpiffeId manager = SpiffeId.ofSystem(TrustDomain.DEFAULT, "lateen-manager");
        return certificate
                .map(own -> MeshCredentials.client(own, manager::equals, InstantSource.system()))
                .orElseGet(InsecureChannelCredentials::create);
    }

    private ClusterChannels channels(LivePlan live, @Nullable CertificateSource certificates) {
        return new ClusterChannels(
                live,
                loops.onClient(true),
                group -> loops.onChannelClass(SocketChannel.class, group),
                certificates,
                InstantSource.system());
    }

    private AdsClient adsClient(PlanFeed feed) {
        EventLoopGroup group = loops.onClient(true);
        return new AdsClient(
                new AdsClient.Subscription(settings.managers(), settings.node(), version),
                feed,
                configuration,
                new AdsClient.Surroundings(
                        new GrpcChannels(
                                group,
                                loops.onChannelClass(SocketChannel.class, group),
                                managerCredentials(),
                                thread),
                        thread,
                        new Random()));
    }

    /** The first plan is in force: the application may be reported now. */
    private void inForce() {
        log.info("Ready. after={}ms", (System.nanoTime() - startedNanos) / 1_000_000);
        if (found != null && !departure.hasBegun()) {
            ads.report(found);
        }
    }

    /** On the configuration thread. Nobody is to send requests here before there is a listener. */
    // What changed is used by the handshakes that follow.
    private void lookAtFiles() {
        Map<String, String> faults = tls.look();
        if (!faults.equals(credentialFaults)) {
            credentialFaults = faults;
            faults.forEach(
                    (place, fault) -> log.warn("A {} cannot be used; fault=\"{}\"", place, fault));
            ads.report(faults);
        }
    }

    private void report(Health now) {
        if (settings.node().served().isEmpty()) {
            // Nobody waits to hear it, and a server that knows only Envoy's types ends the stream.
            return;
        }
        found = now;
        if (departure.hasBegun()) {
            return;
        }
        if (configuration.standing().inForce()) {
            ads.report(now);
        }
    }

    /** Everything that is to be done before the workload gets no more requests. */
    private CompletableFuture<Void> withdraw() {
        health.stop();
        // The stream stays: while the application's own calls go on, so does configuration.
        return settings.node().served().isEmpty()
                ? CompletableFuture.completedFuture(null)
                : ads.withdraw("the workload is leaving the mesh");
    }

    /** Begins to end what comes from others, in its own time. */
    private void drain() {
        Thread.ofPlatform().daemon().name("lateen-drain").start(departure::ofWorkload);
    }

    /** Ends the program, in its own time. */
    private void quit() {
        Thread.ofPlatform().daemon().name("lateen-quit").start(exit);
    }

    /**
     * Leaves the mesh in order, as {@link Departure} says, and stops. A second call does nothing.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        log.info("Stopping.");
        Departure.await(
                "the configuration to be saved",
                CompletableFuture.runAsync(configuration::save, thread),
                FAREWELL);
        departure.ofAll();
        Departure.await("the manager's farewell", ads.stop(), FAREWELL);
        listeners.close();
        tls.close();
        certificate.ifPresent(KeptCertificate::close);
        servers.forEach(PageServer::close);
        // After the last request: what is queued is sent.
        reports.close();
        accessLog.ifPresent(AccessLog::close);
        thread.shutdownNow();
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block(Duration.ofSeconds(3));
        log.info("Stopped.");
    }

    /** On the configuration thread: a loop that is too busy to answer is left out of a page. */
    private List<EndpointCount> counts() {
        try {
            return listeners.counts().get(COUNTING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            log.warn("The event loops did not say what they do at their endpoints.", e);
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private ServerState info() {
        Configuration.Standing standing = configuration.standing();
        String state =
                departure.isWithoutInbound()
                        ? "DRAINED"
                        : departure.hasBegun() || closing.get()
                                ? "DRAINING"
                                : standing.inForce() ? "LIVE" : "PRE_INITIALIZING";
        return new ServerState(
                version,
                state,
                settings.node().id().toString(),
                (System.nanoTime() - startedNanos) / 1_000_000_000L,
                standing.revision(),
                standing.source(),
                standing.manager(),
                configuration.ageSeconds(),
                standing.lastRejection());
    }

    private Map<Metrics, DoubleSupplier> gauges() {
        Runtime memory = Runtime.getRuntime();
        return Map.of(
                Metrics.PLAN_REVISION, () -> (double) configuration.standing().revision(),
                Metrics.MANAGER_CONNECTED,
                        () -> configuration.standing().manager().isEmpty() ? 0 : 1,
                Metrics.CONFIGURATION_AGE, () -> (double) configuration.ageSeconds(),
                Metrics.REJECTIONS, () -> (double) configuration.standing().rejections(),
                Metrics.RECORDS_SENT, () -> (double) reports.sent(),
                Metrics.RECORDS_DROPPED, () -> (double) reports.dropped(),
                Metrics.DIRECT_MEMORY_USED, () -> (double) PlatformDependent.usedDirectMemory(),
                Metrics.MEMORY_USED, () -> (double) (memory.totalMemory() - memory.freeMemory()));
    }

    private static io.lateen.sidecar.upstream.Settings carriage(Settings settings, Room room) {
        PeerMetadata self = PeerMetadata.of(settings.node());
        return new io.lateen.sidecar.upstream.Settings(
                settings.reasonHeader(),
                ResponseHead.bytes("lateen"),
                settings.type() == ProxyType.ROUTER,
                settings.http10(),
                room,
                new io.lateen.sidecar.upstream.Settings.Identity(
                        self.idBytes(), self.metadataBytes()),
                System::nanoTime,
                System::currentTimeMillis,
                new SplittableRandom());
    }

    private LastGoodSaving saving(LastGoodFile file) {
        return new LastGoodSaving(
                file, LastGoodSaving.on(thread), System::nanoTime, System::currentTimeMillis);
    }

    private static MemoryGovernor governor() {
        Runtime memory = Runtime.getRuntime();
        return new MemoryGovernor(
                new MemoryGovernor.Heap(
                        () -> memory.totalMemory() - memory.freeMemory(),
                        memory.maxMemory(),
                        System::gc),
                new MemoryGovernor.Direct(
                        PlatformDependent::usedDirectMemory,
                        PooledByteBufAllocator.DEFAULT::pinnedDirectMemory,
                        PlatformDependent.maxDirectMemory()));
    }

    private static int connections(Settings settings) {
        return settings.maxConnections().orElseGet(() -> FileLimit.connections(fileLimits()));
    }

    private static List<String> fileLimits() {
        try {
            return Files.readAllLines(Path.of("/proc/self/limits"));
        } catch (IOException e) {
            log.debug("the kernel does not say how many files may be open", e);
            return List.of();
        }
    }

    /** What telemetry says of this workload; canonical names as Istio derives them. */
    private static WorkloadFacts facts(NodeDescription node) {
        NodeDescription.Workload workload = node.workload();
        Map<String, String> labels = workload.labels();
        String app = labels.getOrDefault("app", "");
        String release = labels.getOrDefault("version", "");
        return new WorkloadFacts(
                workload.name(),
                node.id().namespace(),
                app,
                release,
                labels.getOrDefault(
                        "service.istio.io/canonical-name", app.isEmpty() ? workload.name() : app),
                labels.getOrDefault("service.istio.io/canonical-revision", release),
                workload.clusterId(),
                workload.serviceAccount());
    }

    private static Optional<AccessLog> openAccessLog(Settings settings) throws IOException {
        if (settings.accessLog().isEmpty()) {
            return Optional.empty();
        }
        Settings.AccessLogTarget target = settings.accessLog().get();
        OutputStream out =
                target.file().isEmpty()
                        ? new FileOutputStream(FileDescriptor.out)
                        : Files.newOutputStream(
                                target.file().get(),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND);
        return Optional.of(new AccessLog(target.format(), out));
    }

    /** Without a folder nobody could read it: then nobody may ask for an end over the network. */
    private static Optional<AdminToken> adminToken(Settings settings) throws IOException {
        return settings.stateDirectory().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        AdminToken.create(settings.stateDirectory().get(), new SecureRandom()));
    }

    private static Thread configurationThread(Runnable work) {
        return Thread.ofPlatform().daemon().name("lateen-configuration").unstarted(work);
    }
}
