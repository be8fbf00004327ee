package io.lateen.manager.publish;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import io.lateen.manager.ads.Push;
import io.lateen.manager.ads.ResourceType;
import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.translate.ProxyConfiguration;
import io.lateen.manager.translate.XdsResource;
import io.lateen.model.naming.NodeId;
import io.lateen.model.naming.ProxyType;
import io.lateen.model.service.Locality;
import io.lateen.model.service.Workload;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a change to a push, with a translation that says which snapshot it saw. */
final class PublishLoopTest {

    private final ScriptedFeed feed = new ScriptedFeed();
    private final SnapshotHolder holder = new SnapshotHolder();
    private final List<Published> published = new CopyOnWriteArrayList<>();
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private volatile boolean broken;
    private final ConnectedProxies proxies = new ConnectedProxies(holder, this::translate, workers);
    private final PublishLoop loop =
            new PublishLoop(
                    new PublishLoop.Sources(feed, List.of(), MeshSnapshot.ROOT_NAMESPACE),
                    new Debounce(Duration.ofMillis(20), Duration.ofMillis(200)),
                    holder,
                    proxies,
                    new PublishMetrics(new SimpleMeterRegistry(), InstantSource.system()),
                    Clock.systemUTC());

    @BeforeEach
    void start() {
        holder.listen(published::add);
        loop.start();
    }

    @AfterEach
    void stop() {
        loop.close();
        workers.shutdownNow();
    }

    @Test
    void theFirstSnapshotIsThereWhenStartReturns() {
        assertThat(holder.current()).isPresent();
    }

    @Test
    void aBurstOfChangesBecomesFewSnapshotsTheLastOfWhichHoldsAllOfThem() {
        for (long revision = 2; revision <= 200; revision++) {
            feed.commit(revision, Map.of());
        }

        eventually(
                () ->
                        assertThat(published.getLast().snapshot().revision())
                                .as("the last revision is out")
                                .isEqualTo(200));
        assertThat(published).as("199 changes were gathered").hasSizeLessThan(20);
    }

    @Test
    void everyConnectedProxyIsHandedEverySnapshotUntilItUnsubscribes() {
        List<Push> first = new CopyOnWriteArrayList<>();
        List<Push> second = new CopyOnWriteArrayList<>();
        var feedOfFirst = proxies.subscribe(proxy("a"), first::add);
        proxies.subscribe(proxy("b"), second::add);
        assertThat(feedOfFirst.first().revision()).isEqualTo(1);

        feed.commit(2, Map.of());
        eventually(() -> assertThat(first).hasSize(1));
        eventually(() -> assertThat(second).hasSize(1));
        feedOfFirst.close();
        feed.commit(3, Map.of());

        eventually(() -> assertThat(second).hasSize(2));
        assertThat(first).hasSize(1);
        assertThat(second.getLast().of(ResourceType.ROUTE).get("r"))
                .isEqualTo(new XdsResource("r", "3", Any.getDefaultInstance()));
    }

    @Test
    void aProxyWhoseTranslationFailsKeepsWhatItHas() {
        List<Push> pushes = new CopyOnWriteArrayList<>();
        proxies.subscribe(proxy("a"), pushes::add);

        broken = true;
        feed.commit(2, Map.of());
        eventually(() -> assertThat(pushes).hasSize(1));

        assertThat(pushes.getLast().revision()).as("2 is not said to be in force").isEqualTo(1);
    }

    private ProxyConfiguration translate(MeshSnapshot snapshot, Proxy proxy) {
        if (broken) {
            throw new IllegalStateException("a translation that fails");
        }
        String version = Long.toString(snapshot.revision());
        return new ProxyConfiguration(
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of("r", new XdsResource("r", version, Any.getDefaultInstance())),
                List.of());
    }

    private static Proxy proxy(String name) {
        return new Proxy(
                new NodeId(ProxyType.SIDECAR, "127.0.0.1", name, "default", "cluster.local"),
                ProxyType.SIDECAR,
                "127.0.0.1",
                new Workload(name, "default", name, "", Map.of(), "Kubernetes", Locality.UNKNOWN),
                "cluster.local",
                List.of(),
                Map.of());
    }
}
