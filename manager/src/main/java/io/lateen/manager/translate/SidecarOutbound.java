package io.lateen.manager.translate;

import io.lateen.manager.translate.cluster.StandingClusters;
import io.lateen.manager.translate.listener.SidecarListeners;
import io.lateen.manager.translate.route.RouteTable;
import io.lateen.manager.translate.route.SidecarRoutes;
import io.lateen.manager.translate.route.Targets;
import java.util.List;

/** All of a sidecar's outbound configuration that does not name the sidecar's own address. */
final class SidecarOutbound {

    private final Upstreams upstreams;
    private final ClientKind kind;
    private final TranslationSettings settings;
    private final TranslationMemory memory;

    SidecarOutbound(
            Upstreams upstreams,
            ClientKind kind,
            TranslationSettings settings,
            TranslationMemory memory) {
        this.upstreams = upstreams;
        this.kind = kind;
        this.settings = settings;
        this.memory = memory;
    }

    ProxyConfiguration configuration() {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        builder.all(upstreams.resources());
        builder.cluster(TranslationMemory.cluster(StandingClusters.passthrough()));
        builder.cluster(TranslationMemory.cluster(StandingClusters.blackHole()));
        SidecarRoutes routes =
                new SidecarRoutes(
                        upstreams.view(),
                        new Targets(upstreams.view(), upstreams.policies()),
                        kind.source(),
                        settings.outboundPolicy(),
                        memory.routes());
        List<RouteTable> httpTables = routes.tables();
        httpTables.forEach(table -> builder.route(memory.table(table)));
        routes.sniffedTables().forEach(table -> builder.route(memory.table(table)));
        SidecarListeners listeners =
                new SidecarListeners(
                        upstreams.view(),
                        upstreams.policies(),
                        kind.source(),
                        settings.accessLog(),
                        settings.outboundPolicy());
        listeners.plans(httpTables).forEach(plan -> builder.listener(memory.listener(plan)));
        builder.findings(routes.findings());
        builder.findings(listeners.findings());
        return builder.build();
    }
}
