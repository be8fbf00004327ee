package io.lateen.sidecar.transport;

import io.lateen.sidecar.ads.ResourceType;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.PlanCompiler;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.sidecar.plan.Xds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans compiled from Envoy's own messages, so that what a test shows holds for a field by its
 * name. The one service is {@code app}; its socket is {@code out} for the application beside the
 * sidecar, {@code in} for its callers, {@code edge} for those outside.
 */
final class FromXds {
    private static final String HTTP_MANAGER =
            "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";
    private static final String TCP_PROXY =
            "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy";

    private FromXds() {}

    /** A cluster of these endpoints, with further fields. */
    static String cluster(String name, String more, InetSocketAddress... endpoints) {
        StringBuilder all = new StringBuilder();
        for (InetSocketAddress each : endpoints) {
            all.append(
                    "lb_endpoints { endpoint { address { socket_address { address: \"%s\" port_value: %d } } } } "
                            .formatted(each.getAddress().getHostAddress(), each.getPort()));
        }
        return "name: \"%s\" type: STATIC connect_timeout { seconds: 2 } load_assignment { endpoints { %s } } %s"
                .formatted(name, all, more);
    }

    /** All requests take one route to {@code app}, with further fields of its action. */
    static String toApp(String more) {
        return "routes { match { prefix: \"/\" } route { cluster: \"app\" timeout {} %s } }"
                .formatted(more);
    }

    /** A sidecar whose application calls. */
    static Plan out(String routes, String... clusters) {
        PlanCompiler compiler =
                new PlanCompiler(
                        List.of(
                                new SocketPlan(
                                        "out",
                                        Plans.anyPort(),
                                        SocketPlan.Role.DEPENDENCY,
                                        new SocketPlan.Dependency("app", 80))));
        return compile(
                compiler, Xds.httpListener(80), Xds.routes("80", "app,app:80", routes), clusters);
    }

    /** A sidecar that is called. */
    static Plan in(String routes, String... clusters) {
        return behind("", routes, clusters);
    }

    /** A sidecar that is called, with these filters before the routes. */
    static Plan behind(String filters, String routes, String... clusters) {
        return compile(
                new PlanCompiler(List.of()),
                bound("in", "INBOUND", http("rds { route_config_name: \"in\" }", filters)),
                Xds.routes("in", "*", routes),
                clusters);
    }

    /** The same, to be changed later. */
    static Changing changing(String filters, String routes, String... clusters) {
        PlanCompiler compiler = new PlanCompiler(List.of());
        String listener =
                bound("in", "INBOUND", http("rds { route_config_name: \"in\" }", filters));
        Plan first = compile(compiler, listener, Xds.routes("in", "*", routes), clusters);
        return new Changing(compiler, listener, first);
    }

    /** A sidecar whose configuration changes. */
    static final class Changing {
        private final PlanCompiler compiler;
        private final String listener;
        private final Plan first;

        private Changing(PlanCompiler compiler, String listener, Plan first) {
            this.compiler = compiler;
            this.listener = listener;
            this.first = first;
        }

        Plan first() {
            return first;
        }

        /** With other routes, behind a listener that is told anew. */
        Plan with(String routes) {
            return compile(compiler, listener, Xds.routes("in", "*", routes));
        }
    }

    /** A gateway. */
    static Plan edge(String routes, String... clusters) {
        return compile(
                new PlanCompiler(List.of()),
                bound(
                        "edge",
                        "OUTBOUND",
                        http(
                                "use_remote_address { value: true } rds { route_config_name: \"edge\" }",
                                "")),
                Xds.routes("edge", "*", routes),
                clusters);
    }

    /** A gateway of bytes, whose proxy has these further fields. */
    static Plan bytes(String proxy, String... clusters) {
        return compile(
                new PlanCompiler(List.of()),
                bound(
                        "edge",
                        "OUTBOUND",
                        "name: \"tcp\" typed_config { [type.googleapis.com/%s] { stat_prefix: \"bytes\" cluster: \"app\" %s } }"
                                .formatted(TCP_PROXY, proxy)),
                null,
                clusters);
    }

    private static String http(String more, String filters) {
        return "name: \"http\" typed_config { [type.googleapis.com/%s] { stat_prefix: \"http\" normalize_path { value: true } %s %s http_filters { name: \"envoy.filters.http.router\" } } }"
                .formatted(HTTP_MANAGER, more, filters);
    }

    private static String bound(String name, String direction, String filter) {
        InetSocketAddress at = free();
        return "name: \"%s\" traffic_direction: %s address { socket_address { address: \"%s\" port_value: %d } } filter_chains { filters { %s } }"
                .formatted(name, direction, at.getAddress().getHostAddress(), at.getPort(), filter);
    }

    private static Plan compile(
            PlanCompiler compiler,
            String listener,
            @org.jspecify.annotations.Nullable String routes,
            String... clusters) {
        List<Object> refused = new ArrayList<>();
        refused.addAll(compiler.accept(Xds.update(ResourceType.CLUSTERS, clusters)));
        refused.addAll(compiler.accept(Xds.update(ResourceType.LISTENERS, listener)));
        if (routes != null) {
            refused.addAll(compiler.accept(Xds.update(ResourceType.ROUTES, routes)));
        }
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException(refused.toString());
        }
        return compiler.plan(1);
    }

    /** An address that nobody listens at. */
    static InetSocketAddress free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
