package io.lateen.sidecar.transport;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.plan.Detection;
import io.lateen.sidecar.plan.DownstreamTls;
import io.lateen.sidecar.plan.FilterChain;
import io.lateen.sidecar.plan.FilterChains;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.sidecar.plan.UpstreamTls;
import io.lateen.sidecar.route.ValueMatch;
import io.lateen.sidecar.tls.Workloads;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/** Plans of two sidecars that speak mTLS with each other. */
public final class TlsPlans {
    /** The cluster that the calling side sends to. */
    public static final String REVIEWS = "outbound|9080||reviews.default.svc.cluster.local";

    private static final DownstreamTls STRICT =
            new DownstreamTls.OfMesh(List.of(), true, List.of());

    private TlsPlans() {}

    /** TLS to endpoints of these accounts; of any where none is named. */
    public static UpstreamTls to(String... accounts) {
        List<ValueMatch> identities =
                Arrays.stream(accounts)
                        .<ValueMatch>map(
                                each -> new ValueMatch.Exact(Workloads.identity(each), false))
                        .toList();
        return new UpstreamTls.OfMesh(
                new UpstreamTls.Offers(
                        List.of("istio-http/1.1"), List.of("istio-h2"), List.of("istio")),
                "outbound_.9080_._.reviews.default.svc.cluster.local",
                identities);
    }

    /** A sidecar that takes HTTP over mTLS alone. */
    public static Plan strictHttp(InetSocketAddress application) {
        return inbound(
                application,
                new ListenerPlan.Http(
                        Plans.http(
                                Direction.INBOUND,
                                Plans.route("inbound|8080||", ForwardPolicy.PLAIN))));
    }

    /** A sidecar that takes bytes over mTLS alone. */
    public static Plan strictTcp(InetSocketAddress application) {
        return inbound(application, new ListenerPlan.Tcp(Plans.tcp("inbound|8080||")));
    }

    private static Plan inbound(InetSocketAddress application, ListenerPlan traffic) {
        return strict(Plans.cluster("inbound|8080||").at(application), traffic);
    }

    /** A sidecar that takes this traffic over mTLS alone. */
    public static Plan strict(Plans.Cluster application, ListenerPlan traffic) {
        FilterChain chain =
                new FilterChain(
                        "mtls",
                        new FilterChain.Wants(0, List.of(), FilterChain.Transport.TLS, List.of()),
                        STRICT,
                        traffic);
        return new Plans()
                .with(application)
                .socket(
                        "virtualInbound",
                        Plans.anyPort(),
                        SocketPlan.Role.INBOUND,
                        new ListenerPlan.Chains(
                                new FilterChains(
                                        "virtualInbound",
                                        List.of(chain),
                                        null,
                                        false,
                                        Detection.UNBOUNDED)))
                .plan();
    }

    /** A sidecar whose application calls one cluster by HTTP. */
    public static Plan outboundHttp(Plans.Cluster cluster) {
        return outbound(
                cluster,
                new ListenerPlan.Http(
                        Plans.http(Direction.OUTBOUND, Plans.route(REVIEWS, ForwardPolicy.PLAIN))));
    }

    /** A sidecar whose application calls one cluster by bytes. */
    public static Plan outboundTcp(Plans.Cluster cluster) {
        return outbound(cluster, new ListenerPlan.Tcp(Plans.tcp(REVIEWS)));
    }

    private static Plan outbound(Plans.Cluster cluster, ListenerPlan traffic) {
        return new Plans()
                .with(cluster)
                .named("reviews:9080", traffic)
                .dependency("dependency", Plans.anyPort(), "reviews", 9080)
                .plan();
    }

    /** The cluster of the called sidecar. */
    public static Plans.Cluster reviews(InetSocketAddress at, UpstreamTls tls) {
        return Plans.cluster(REVIEWS).at(at).tls(tls);
    }
}
