package io.lateen.manager.distribution;

import io.lateen.identity.ca.ProgramCertificate;
import io.lateen.manager.ads.AdsMetrics;
import io.lateen.manager.ads.AdsServer;
import io.lateen.manager.ads.Listening;
import io.lateen.manager.ads.Surroundings;
import io.lateen.manager.fleet.Fleet;
import io.lateen.manager.fleet.FleetKeeper;
import io.lateen.manager.fleet.FleetNotifications;
import io.lateen.manager.programmed.ConditionLoop;
import io.lateen.manager.publish.ConnectedProxies;
import io.lateen.manager.publish.Debounce;
import io.lateen.manager.publish.PublishLoop;
import io.lateen.manager.publish.PublishMetrics;
import io.lateen.manager.publish.SnapshotHolder;
import io.lateen.manager.publish.WithdrawnWorkloads;
import io.lateen.manager.registry.Registries;
import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.store.ResourceFeed;
import io.lateen.manager.translate.TranslationSettings;
import io.lateen.manager.translate.Translator;
import io.lateen.start.UnusableAddress;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the way from the store to the proxies. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    DistributionSettings.class,
    MeshSettings.class,
    MixerSettings.class
})
public class DistributionConfiguration {

    /**
     * Runs the turns of streams: they are many, short, and wait for nothing but a socket. Never
     * shut down: gRPC hands it work to the last, and its threads keep no process alive.
     */
    @Bean(destroyMethod = "")
    ExecutorService turns() {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("xds-", 0).factory());
    }

    /** Translates: it is all computation, so there are as many threads as cores. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService translators() {
        return Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().daemon().name("translate-", 0).factory());
    }

    /** Wakes streams, and looks at the file of services. */
    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService wakeUps() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("wake-up").factory());
    }

    @Bean(destroyMethod = "")
    Registries registries(ResourceFeed feed, Fleet fleet, DistributionSettings settings) {
        return new Registries(
                feed, fleet, Optional.ofNullable(settings.servicesFile()), MeshSnapshot.DOMAIN);
    }

    @Bean
    SnapshotHolder snapshotHolder() {
        return new SnapshotHolder();
    }

    @Bean
    ConnectedProxies connectedProxies(
            SnapshotHolder holder,
            ExecutorService translators,
            MeshSettings mesh,
            MixerSettings mixer) {
        Translator translator =
                new Translator(
                        mixer.apply(
                                TranslationSettings.DEFAULT
                                        .trusting(mesh.trust())
                                        .allowing(mesh.outboundTrafficPolicy())));
        return new ConnectedProxies(holder, translator::translate, translators);
    }

    @Bean(destroyMethod = "")
    PublishLoop publishLoop(
            ResourceFeed feed,
            Registries registries,
            SnapshotHolder holder,
            ConnectedProxies proxies,
            MeshSettings mesh,
            MeterRegistry meters,
            Clock clock) {
        return new PublishLoop(
                new PublishLoop.Sources(feed, registries.all(), mesh.rootNamespace()),
                Debounce.DEFAULT,
                holder,
                proxies,
                new PublishMetrics(meters, clock),
                clock);
    }

    @Bean(destroyMethod = "")
    AdsServer adsServer(
            DistributionSettings settings,
            ProgramCertificate own,
            Fleet fleet,
            SnapshotHolder holder,
            ConnectedProxies proxies,
            MeterRegistry meters,
            Clock clock,
            ExecutorService turns,
            ScheduledExecutorService wakeUps) {
        return new AdsServer(
                places(settings, own, clock),
                new Surroundings(
                        fleet.manager(),
                        proxies,
                        new WithdrawnWorkloads(holder, fleet::isWhole),
                        fleet,
                        new AdsMetrics(meters),
                        clock,
                        // Shared by all streams: the one that is safe for many threads.
                        new Random(),
                        turns,
                        wakeUps));
    }

    private static List<Listening> places(
            DistributionSettings settings, ProgramCertificate own, Clock clock) {
        List<Listening> places = new ArrayList<>();
        if (settings.xds().plaintext()) {
            places.add(Listening.plaintext(settings.plaintext()));
        }
        own.source()
                .ifPresent(
                        source -> places.add(Listening.mutualTls(settings.tls(), source, clock)));
        if (places.isEmpty()) {
            throw new UnusableAddress(
                    "lateen.xds.plaintext: found false and no lateen.identity.ca-address, expected"
                            + " one way for proxies to connect; give the authority's address.",
                    null);
        }
        return places;
    }

    @Bean
    Distribution distribution(
            Fleet fleet,
            FleetKeeper keeper,
            FleetNotifications notifications,
            Registries registries,
            ScheduledExecutorService wakeUps,
            ConnectedProxies proxies,
            PublishLoop loop,
            AdsServer server,
            ConditionLoop conditions) {
        fleet.findingsOf(proxies::findings);
        return new Distribution(
                new Distribution.Parts(
                        fleet,
                        keeper,
                        notifications,
                        registries,
                        wakeUps,
                        loop,
                        server,
                        conditions));
    }
}
