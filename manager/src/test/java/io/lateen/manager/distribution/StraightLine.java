package io.lateen.manager.distribution;

import io.lateen.manager.ads.AdsMetrics;
import io.lateen.manager.ads.AdsServer;
import io.lateen.manager.ads.Listening;
import io.lateen.manager.ads.ProxyObserver;
import io.lateen.manager.ads.Surroundings;
import io.lateen.manager.publish.ConnectedProxies;
import io.lateen.manager.publish.Debounce;
import io.lateen.manager.publish.PublishLoop;
import io.lateen.manager.publish.PublishMetrics;
import io.lateen.manager.publish.ScriptedFeed;
import io.lateen.manager.publish.SnapshotHolder;
import io.lateen.manager.publish.WithdrawnWorkloads;
import io.lateen.manager.registry.ServiceRegistry;
import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.translate.TranslationSettings;
import io.lateen.manager.translate.Translator;
import io.lateen.model.codec.Decoded;
import io.lateen.model.codec.ResourceCodec;
import io.lateen.model.resource.Metadata;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.ResourceKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;

/** From rules to a socket without a database: feed, snapshot, translation, ADS. */
final class StraightLine implements AutoCloseable {

    final ScriptedFeed feed = new ScriptedFeed();
    final FixedRegistry registry = new FixedRegistry();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ExecutorService turns = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService translators = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService wakeUps = Executors.newSingleThreadScheduledExecutor();
    private final SnapshotHolder holder = new SnapshotHolder();
    private final PublishLoop loop;
    private final AdsServer server;
    private long revision = 1;

    StraightLine(ProxyObserver observer) {
        this(observer, List.of(), () -> true);
    }

    /** With endpoints that others name too, beside managers or alone. */
    StraightLine(ProxyObserver observer, List<ServiceRegistry> more, BooleanSupplier alone) {
        List<ServiceRegistry> registries = new ArrayList<>(more);
        registries.add(registry);
        Translator translator = new Translator(TranslationSettings.DEFAULT);
        ConnectedProxies proxies = new ConnectedProxies(holder, translator::translate, translators);
        loop =
                new PublishLoop(
                        new PublishLoop.Sources(feed, registries, MeshSnapshot.ROOT_NAMESPACE),
                        Debounce.DEFAULT,
                        holder,
                        proxies,
                        new PublishMetrics(meters, Clock.systemUTC()),
                        Clock.systemUTC());
        server =
                new AdsServer(
                        List.of(
                                Listening.plaintext(
                                        new InetSocketAddress(
                                                InetAddress.getLoopbackAddress(), 0))),
                        new Surroundings(
                                "manager-1",
                                proxies,
                                new WithdrawnWorkloads(holder, alone),
                                observer,
                                new AdsMetrics(meters),
                                Clock.systemUTC(),
                                new Random(1),
                                turns,
                                wakeUps));
        loop.start();
        server.start();
    }

    int port() {
        return server.port();
    }

    /** Commits these rules, and no others, as the next revision, which is returned. */
    long rules(String yaml) {
        revision++;
        Map<ResourceKey, Resource> resources = new HashMap<>();
        for (Decoded decoded : new ResourceCodec().decodeAll(yaml)) {
            if (!(decoded instanceof Decoded.Accepted accepted)) {
                throw new AssertionError(decoded.toString());
            }
            Resource read = accepted.resource();
            Metadata metadata = read.metadata();
            resources.put(
                    read.key(),
                    read.withMetadata(
                            new Metadata(
                                    metadata.namespace(),
                                    metadata.name(),
                                    "uid-" + metadata.name(),
                                    revision,
                                    1,
                                    Instant.EPOCH,
                                    metadata.labels(),
                                    metadata.annotations())));
        }
        feed.commit(revision, resources);
        return revision;
    }

    @Override
    public void close() {
        server.close();
        loop.close();
        wakeUps.shutdownNow();
        translators.shutdownNow();
    }
}
