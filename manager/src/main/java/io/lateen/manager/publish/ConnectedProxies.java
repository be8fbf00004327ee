package io.lateen.manager.publish;

import io.lateen.manager.ads.Push;
import io.lateen.manager.ads.PushSource;
import io.lateen.manager.ads.ResourceType;
import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.translate.ProxyConfiguration;
import io.lateen.manager.translate.XdsResource;
import io.lateen.manager.translate.gateway.CredentialFindings;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxies that are to hear of snapshots. Subscribed to by streams, on their turns; served by
 * {@link PublishLoop}.
 */
public final class ConnectedProxies implements PushSource {

    private static final Logger log = LoggerFactory.getLogger(ConnectedProxies.class);

    private final SnapshotHolder holder;
    private final ProxyTranslation translation;
    private final ExecutorService workers;
    private final Set<Connected> connected = ConcurrentHashMap.newKeySet();

    /**
     * No proxies yet.
     *
     * @param workers translate for many proxies in parallel; as many threads as there are cores
     */
    public ConnectedProxies(
            SnapshotHolder holder, ProxyTranslation translation, ExecutorService workers) {
        this.holder = holder;
        this.translation = translation;
        this.workers = workers;
    }

    @Override
    public Feed subscribe(Proxy proxy, Consumer<Push> sink) {
        Connected next = new Connected(proxy, sink);
        // Before the snapshot is read: one that is published in between is delivered twice rather
        // than never.
        connected.add(next);
        Published current =
                holder.current()
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "a proxy subscribed before the first snapshot;"
                                                        + " expected the server to start after it"));
        Push first = next.push(current);
        return new Feed() {
            @Override
            public Push first() {
                return first;
            }

            @Override
            public void credentialFaults(Map<String, String> faults) {
                next.credentialFaults = Map.copyOf(faults);
            }

            @Override
            public void close() {
                connected.remove(next);
            }
        };
    }

    /** What the translations for all connected proxies have to say of resources. */
    public Set<Finding> findings() {
        Set<Finding> findings = new LinkedHashSet<>();
        holder.current()
                .ifPresent(
                        published ->
                                connected.forEach(
                                        each -> {
                                            findings.addAll(each.findings);
                                            findings.addAll(
                                                    CredentialFindings.of(
                                                            published.snapshot(),
                                                            each.proxy,
                                                            each.credentialFaults));
                                        }));
        return findings;
    }

    /** Hands every proxy what it is to hold at {@code published}; returns when all have it. */
    void deliver(Published published) throws InterruptedException {
        List<Future<?>> work =
                connected.stream()
                        .<Future<?>>map(
                                proxy ->
                                        workers.submit(
                                                () -> proxy.sink.accept(proxy.push(published))))
                        .toList();
        for (Future<?> each : work) {
            try {
                each.get();
            } catch (ExecutionException e) {
                log.error("A delivery failed; the proxy keeps what it has", e.getCause());
            }
        }
    }

    private final class Connected {

        private final Proxy proxy;
        private final Consumer<Push> sink;

        /** What the proxy was last to hold: kept should a translation fail. */
        private volatile @Nullable Push last;

        private volatile List<Finding> findings = List.of();
        private volatile Map<String, String> credentialFaults = Map.of();

        Connected(Proxy proxy, Consumer<Push> sink) {
            this.proxy = proxy;
            this.sink = sink;
        }

        Push push(Published published) {
            try {
                ProxyConfiguration configuration =
                        translation.translate(published.snapshot(), proxy);
                findings = configuration.findings();
                Push push = push(published, configuration);
                last = push;
                return push;
            } catch (RuntimeException e) {
                Push before = last;
                if (before == null) {
                    throw e;
                }
                log.error(
                        "The translation failed; the proxy keeps what it has node={} revision={}",
                        proxy.id(),
                        published.snapshot().revision(),
                        e);
                return before;
            }
        }

        private static Push push(Published published, ProxyConfiguration configuration) {
            Map<ResourceType, Map<String, XdsResource>> resources =
                    new EnumMap<>(ResourceType.class);
            resources.put(ResourceType.CLUSTER, configuration.clusters());
            resources.put(ResourceType.ENDPOINT, configuration.endpoints());
            resources.put(ResourceType.LISTENER, configuration.listeners());
            resources.put(ResourceType.ROUTE, configuration.routes());
            return new Push(
                    published.serial(),
                    published.snapshot().revision(),
                    resources,
                    published.since());
        }
    }
}
