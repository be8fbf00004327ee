package io.lateen.sidecar.transport;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.plan.ConnectionPolicy;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.HttpFront;
import io.lateen.sidecar.plan.HttpPlan;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.sidecar.tls.Tls;
import io.lateen.sidecar.tls.Workloads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way from a client to a server, with a {@link Tap} beside each of the two. */
final class Road implements AutoCloseable {
    /** What is between the two. */
    enum Kind {
        DIRECT,
        /** The client's sidecar. */
        OUTBOUND,
        /** The server's sidecar. */
        INBOUND,
        /** Both. */
        BOTH,
        /** Both, with mTLS between them. */
        SECURED;

        private boolean hasOutbound() {
            return this == OUTBOUND || this == BOTH || this == SECURED;
        }

        private boolean hasInbound() {
            return this == INBOUND || this == BOTH || this == SECURED;
        }
    }

    private final Kind kind;
    private final List<Carrying> sidecars = new ArrayList<>();
    private final Tap far;
    private final Tap near;

    private Road(
            Kind kind,
            InetSocketAddress server,
            ConnectionPolicy.UpstreamProtocol protocol,
            boolean http)
            throws IOException {
        this.kind = kind;
        far = Tap.to(server);
        @Nullable Workloads workloads = kind == Kind.SECURED ? new Workloads() : null;
        InetSocketAddress next = far.address();
        if (kind.hasInbound()) {
            ListenerPlan traffic = traffic(Direction.INBOUND, "inbound|8080||", http);
            Plans.Cluster application = Plans.cluster("inbound|8080||").at(next).protocol(protocol);
            Plan plan =
                    workloads == null
                            ? new Plans()
                                    .with(application)
                                    .socket(
                                            "virtualInbound",
                                            Plans.anyPort(),
                                            SocketPlan.Role.INBOUND,
                                            traffic)
                                    .plan()
                            : TlsPlans.strict(application, traffic);
            Tls tls = workloads == null ? Tls.none() : workloads.tls("reviews");
            Carrying sidecar = Carrying.start(plan, Carrying.settings(), 1, tls);
            sidecars.add(sidecar);
            next = sidecar.address("virtualInbound");
        }
        if (kind.hasOutbound()) {
            ListenerPlan traffic = traffic(Direction.OUTBOUND, TlsPlans.REVIEWS, http);
            Plans.Cluster service = Plans.cluster(TlsPlans.REVIEWS).at(next).protocol(protocol);
            if (workloads != null) {
                service.tls(TlsPlans.to("reviews"));
            }
            Plan plan =
                    http
                            ? new Plans()
                                    .with(service)
                                    .socket(
                                            "out",
                                            Plans.anyPort(),
                                            SocketPlan.Role.OUTBOUND_CAPTURE)
                                    .anyHttp(traffic)
                                    .plan()
                            : new Plans()
                                    .with(service)
                                    .named("reviews:9080", traffic)
                                    .dependency("out", Plans.anyPort(), "reviews", 9080)
                                    .plan();
            Tls tls = workloads == null ? Tls.none() : workloads.tls("productpage");
            Carrying sidecar = Carrying.start(plan, Carrying.settings(), 1, tls);
            sidecars.add(sidecar);
            next = sidecar.address("out");
        }
        near = kind == Kind.DIRECT ? far : Tap.to(next);
    }

    /** A way for requests, that speak this to the server. */
    static Road http(
            Kind kind, InetSocketAddress server, ConnectionPolicy.UpstreamProtocol protocol)
            throws IOException {
        return new Road(kind, server, protocol, true);
    }

    /** A way for bytes. */
    static Road bytes(Kind kind, InetSocketAddress server) throws IOException {
        return new Road(kind, server, ConnectionPolicy.UpstreamProtocol.HTTP1, false);
    }

    /** Listeners of the kind that takes HTTP/1.0 too. */
    private static ListenerPlan traffic(Direction direction, String cluster, boolean http) {
        if (!http) {
            return new ListenerPlan.Tcp(Plans.tcp(cluster));
        }
        HttpPlan plain = Plans.http(direction, Plans.route(cluster, ForwardPolicy.PLAIN));
        return new ListenerPlan.Http(
                new HttpPlan(
                        plain.direction(),
                        plain.statPrefix(),
                        plain.normalizesPaths(),
                        plain.upgrades(),
                        plain.virtualHosts(),
                        plain.gates(),
                        plain.recording(),
                        new HttpFront(null, false, true)));
    }

    Kind kind() {
        return kind;
    }

    /** Where the client connects. */
    InetSocketAddress address() {
        return near.address();
    }

    /** Beside the client. */
    Tap near() {
        return near;
    }

    /** Beside the server. */
    Tap far() {
        return far;
    }

    List<Carrying> sidecars() {
        return sidecars;
    }

    @Override
    public void close() throws IOException {
        near.close();
        sidecars.reversed().forEach(Carrying::close);
        far.close();
    }
}
