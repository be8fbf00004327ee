package io.lateen.manager.translate;

import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.manager.translate.cluster.MixerAddress;
import io.lateen.manager.translate.cluster.MixerCluster;
import io.lateen.manager.translate.cluster.StandingClusters;
import io.lateen.manager.translate.gateway.OpenServers;
import io.lateen.manager.translate.gateway.OpenServers.Door;
import io.lateen.manager.translate.gateway.OpenServers.OpenServer;
import io.lateen.manager.translate.gateway.OpenServers.Speech;
import io.lateen.manager.translate.listener.GatewayListeners;
import io.lateen.manager.translate.listener.ListenerPlan;
import io.lateen.manager.translate.listener.OwnListeners;
import io.lateen.manager.translate.quota.LimitFindings;
import io.lateen.manager.translate.quota.Limits;
import io.lateen.manager.translate.route.GatewayRoutes;
import io.lateen.manager.translate.route.Targets;
import io.lateen.manager.translate.security.Protection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Translates a snapshot into what one proxy is to have in force. The result follows from snapshot,
 * proxy and settings alone, byte for byte; what was made before is only remembered, so that a small
 * change is a small translation. Any thread, several at once.
 */
public final class Translator {

    private final TranslationSettings settings;
    private final TranslationMemory memory = new TranslationMemory();

    /** Written by whichever thread meets a new snapshot first; losing the race only costs time. */
    private final AtomicReference<SnapshotTranslation> latest;

    /** A translator that remembers nothing yet. */
    public Translator(TranslationSettings settings) {
        this.settings = settings;
        this.latest =
                new AtomicReference<>(
                        new SnapshotTranslation(MeshSnapshot.EMPTY, settings, memory));
    }

    /** All that the proxy is to have in force at this snapshot. Never throws on content. */
    public ProxyConfiguration translate(MeshSnapshot snapshot, Proxy proxy) {
        SnapshotTranslation translation = translationOf(snapshot);
        ClientKind kind = ClientKind.of(snapshot, proxy);
        ConfigurationBuilder builder = new ConfigurationBuilder();
        if (proxy.isProxylessGrpc()) {
            builder.all(translation.outbound(kind));
        } else {
            switch (proxy.id().type()) {
                case SIDECAR ->
                        sidecar(
                                translation.outbound(kind),
                                protection(snapshot, proxy, builder),
                                proxy,
                                builder);
                case ROUTER -> router(translation.upstreams(kind), kind, snapshot, proxy, builder);
            }
        }
        MixerAddress mixer = settings.mixer();
        if (mixer != null && !proxy.isProxylessGrpc()) {
            builder.cluster(TranslationMemory.cluster(MixerCluster.of(mixer, settings.trust())));
        }
        builder.findings(translation.findings());
        return builder.build();
    }

    private Protection protection(
            MeshSnapshot snapshot, Proxy proxy, ConfigurationBuilder builder) {
        Protection protection = Protection.of(snapshot, proxy, settings.trust());
        if (settings.mixer() == null) {
            return protection;
        }
        Limits limits = Limits.of(snapshot, proxy);
        builder.findings(LimitFindings.of(limits, proxy));
        return protection.counting(limits);
    }

    private SnapshotTranslation translationOf(MeshSnapshot snapshot) {
        SnapshotTranslation known = latest.get();
        if (known.snapshot() == snapshot) {
            return known;
        }
        SnapshotTranslation made = new SnapshotTranslation(snapshot, settings, memory);
        SnapshotTranslation before = latest.compareAndExchange(known, made);
        if (before == known) {
            memory.turn();
            return made;
        }
        return before.snapshot() == snapshot ? before : made;
    }

    private void sidecar(
            ProxyConfiguration outbound,
            Protection protection,
            Proxy proxy,
            ConfigurationBuilder builder) {
        builder.all(outbound);
        for (ServedPort served : proxy.servedPorts()) {
            builder.cluster(memory.inboundCluster(served));
        }
        if (proxy.isTransparent()) {
            builder.cluster(TranslationMemory.cluster(StandingClusters.inboundPassthrough()));
        }
        for (ListenerPlan plan :
                OwnListeners.of(
                        proxy, protection, settings.outboundPolicy(), settings.accessLog())) {
            builder.listener(memory.listener(plan));
        }
    }

    private void router(
            Upstreams upstreams,
            ClientKind kind,
            MeshSnapshot snapshot,
            Proxy proxy,
            ConfigurationBuilder builder) {
        builder.all(upstreams.resources());
        OpenServers servers = OpenServers.of(snapshot.gateways(), proxy.workload().labels());
        GatewayRoutes routes =
                new GatewayRoutes(
                        upstreams.view(),
                        new Targets(upstreams.view(), upstreams.policies()),
                        kind.source(),
                        memory.routes());
        GatewayListeners listeners =
                new GatewayListeners(
                        upstreams.view(),
                        upstreams.policies(),
                        kind.source(),
                        Protection.of(snapshot, proxy, settings.trust()).guard(),
                        settings.accessLog(),
                        settings.trust());
        for (Map.Entry<Door, List<OpenServer>> each : servers.byDoor().entrySet()) {
            Door door = each.getKey();
            List<OpenServer> open = each.getValue();
            ListenerPlan listener =
                    switch (Speech.of(open.getFirst().server())) {
                        case HTTP -> {
                            builder.route(
                                    memory.table(routes.table(door, open, servers::httpsPort)));
                            yield listeners.http(door, proxy.address());
                        }
                        case BYTES -> listeners.tcp(door, open, proxy.address());
                        case TLS -> {
                            for (OpenServer server : open) {
                                if (server.readsRequests()) {
                                    builder.route(memory.table(routes.table(server)));
                                }
                            }
                            yield listeners.tls(door, open, proxy.address());
                        }
                    };
            builder.listener(memory.listener(listener));
        }
        builder.cluster(TranslationMemory.cluster(StandingClusters.blackHole()));
        builder.findings(listeners.findings());
        builder.findings(servers.findings());
        builder.findings(routes.findings());
    }
}
