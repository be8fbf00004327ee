package io.lateen.manager.translate;

import io.lateen.manager.translate.listener.ListenerPlan;
import io.lateen.manager.translate.route.SidecarRoutes;
import io.lateen.manager.translate.route.Targets;
import io.lateen.model.naming.ClusterName;
import io.lateen.model.service.Service;
import io.lateen.model.service.ServicePort;

/**
 * The configuration of a gRPC client without a sidecar: a listener for every name and port that it
 * may write into its target, with routes of their own.
 */
final class GrpcOutbound {

    private final Upstreams upstreams;
    private final ClientKind kind;
    private final TranslationSettings settings;
    private final TranslationMemory memory;

    GrpcOutbound(
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
        SidecarRoutes routes =
                new SidecarRoutes(
                        upstreams.view(),
                        new Targets(upstreams.view(), upstreams.policies()),
                        kind.source(),
                        settings.outboundPolicy(),
                        memory.routes());
        for (Service service : upstreams.view().services()) {
            for (ServicePort port : service.ports()) {
                if (port.protocol().isHttp()) {
                    add(service, port.number(), routes, builder);
                }
            }
        }
        builder.findings(routes.findings());
        return builder.build();
    }

    private void add(
            Service service, int port, SidecarRoutes routes, ConfigurationBuilder builder) {
        String table = ClusterName.outbound(port, service.hostname()).toString();
        builder.route(memory.table(routes.grpcTable(table, service, port)));
        for (String name : upstreams.view().formsOf(service.hostname())) {
            builder.listener(memory.listener(new ListenerPlan.Api(name + ":" + port, table)));
        }
    }
}
