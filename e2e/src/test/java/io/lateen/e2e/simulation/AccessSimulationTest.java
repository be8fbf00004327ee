package io.lateen.e2e.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.manager.snapshot.ServiceCatalog;
import io.lateen.manager.translate.ProxyConfiguration;
import io.lateen.manager.translate.TranslationSettings;
import io.lateen.manager.translate.Translator;
import io.lateen.model.codec.Decoded;
import io.lateen.model.codec.ResourceCodec;
import io.lateen.model.identity.SpiffeId;
import io.lateen.model.identity.TrustDomain;
import io.lateen.model.naming.Hostname;
import io.lateen.model.naming.NodeId;
import io.lateen.model.naming.ProxyType;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.ResourceKey;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Health;
import io.lateen.model.service.Locality;
import io.lateen.model.service.Protocol;
import io.lateen.model.service.Resolution;
import io.lateen.model.service.Service;
import io.lateen.model.service.ServicePort;
import io.lateen.model.service.Workload;
import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.HttpProtocol;
import io.lateen.sidecar.exchange.LocalReply;
import io.lateen.sidecar.exchange.Principals;
import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.exchange.Security;
import io.lateen.sidecar.plan.ClusterPlan;
import io.lateen.sidecar.plan.ConnectionTraits;
import io.lateen.sidecar.plan.DownstreamTls;
import io.lateen.sidecar.plan.FilterChain;
import io.lateen.sidecar.plan.FilterChains;
import io.lateen.sidecar.plan.HttpPlan;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.RoutePlan;
import io.lateen.sidecar.plan.UpstreamTls;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * PeerAuthentication and AuthorizationPolicy decide as they read: from the document through the
 * manager's translation and the sidecar's plan to what becomes of a call.
 */
class AccessSimulationTest {

    private static final int PORT = 9080;
    private static final int INBOUND = 15006;
    private static final EventLoop LOOP = new DefaultEventLoop();
    private static final Map<String, String> CERTIFIED =
            Map.of("app", "reviews", "version", "v1", Workload.TLS_MODE, "istio");

    private final ResourceCodec codec = new ResourceCodec();

    /** Who calls reviews: an account of a namespace over mTLS, or anybody in plain text. */
    private record Caller(String namespace, @Nullable String account) {

        static Caller of(String text) {
            String[] parts = text.split("/", -1);
            return text.equals("plain") ? new Caller("", null) : new Caller(parts[0], parts[1]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // PeerAuthentication,                              plain text, mTLS, how clients call
        "''                                                ,200       ,200  ,mtls",
        "istio-system default {mtls: {mode: STRICT}}       ,closed    ,200  ,mtls",
        "istio-system default {mtls: {mode: PERMISSIVE}}   ,200       ,200  ,mtls",
        "istio-system default {mtls: {mode: DISABLE}}      ,200       ,none ,plain",
        "default default {mtls: {mode: STRICT}}            ,closed    ,200  ,mtls",
        "other default {mtls: {mode: STRICT}}              ,200       ,200  ,mtls",
    })
    void peerAuthenticationDecidesHowIsCalled(
            String policy, String plain, String mutual, String clients) {
        List<Resource> resources =
                policy.isEmpty() ? List.of() : List.of(resource("PeerAuthentication", policy));

        Plan server = server(resources);

        assertThat(outcome(server, Caller.of("plain"), "GET", "/")).isEqualTo(plain);
        assertThat(outcome(server, Caller.of("default/productpage"), "GET", "/")).isEqualTo(mutual);
        assertThat(clientTls(resources) == null ? "plain" : "mtls").isEqualTo(clients);
    }

    @Test
    void aSelectorsModeIsForItsWorkloadAlone() {
        Resource strict =
                resource(
                        "PeerAuthentication",
                        "default a {selector: {matchLabels: {app: reviews}}, mtls: {mode: STRICT}}");
        Resource others =
                resource(
                        "PeerAuthentication",
                        "default b {selector: {matchLabels: {app: ratings}}, mtls: {mode: STRICT}}");

        assertThat(outcome(server(List.of(strict)), Caller.of("plain"), "GET", "/"))
                .isEqualTo("closed");
        assertThat(outcome(server(List.of(others)), Caller.of("plain"), "GET", "/"))
                .isEqualTo("200");
    }

    @Test
    void clientsExpectTheAccountsOfTheServicesWorkloads() {
        UpstreamTls found = clientTls(List.of());
        assertThat(found).isInstanceOf(UpstreamTls.OfMesh.class);
        UpstreamTls.OfMesh tls = (UpstreamTls.OfMesh) Objects.requireNonNull(found);
        assertThat(tls.serverName())
                .isEqualTo("outbound_.9080_._.reviews.default.svc.cluster.local");
        assertThat(tls.accepts("spiffe://cluster.local/ns/default/sa/bookinfo-reviews")).isTrue();
        assertThat(tls.accepts("spiffe://cluster.local/ns/default/sa/intruder")).isFalse();
        assertThat(tls.offers().http1()).containsExactly("istio-http/1.1");
        assertThat(tls.offers().http2()).containsExactly("istio-h2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // caller             | method | path          | answer
                "default/productpage  | GET    | /reviews/0    | 200",
                "default/productpage  | POST   | /reviews/0    | none",
                "default/productpage  | GET    | /reviews      | none",
                "default/productpage  | GET    | /health       | none",
                "default/details      | GET    | /reviews/0    | none",
                "other/productpage    | GET    | /reviews/0    | none",
                "monitoring/anybody   | GET    | /health       | 200",
                "monitoring/anybody   | DELETE | /health       | 200",
                "default/productpage  | GET    | /reviews/../admin | ns[default]-policy[no-admin]-rule[0]",
                "monitoring/anybody   | GET    | /admin/a      | ns[default]-policy[no-admin]-rule[0]",
                "plain                | GET    | /reviews/0    | none",
            })
    void authorizationPoliciesDecideAsTheyRead(
            String caller, String method, String path, String answer) {
        List<Resource> policies =
                List.of(
                        resource(
                                "AuthorizationPolicy",
                                "default callers {selector: {matchLabels: {app: reviews}}, rules: ["
                                        + "{from: [{source: {principals: [cluster.local/ns/default/sa/productpage]}}],"
                                        + " to: [{operation: {methods: [GET], paths: ['/reviews/*']}}]},"
                                        + "{from: [{source: {namespaces: [monitoring]}}],"
                                        + " to: [{operation: {paths: [/health, '/admin/*']}}]}]}"),
                        resource(
                                "AuthorizationPolicy",
                                "default no-admin {action: DENY, rules: [{to: [{operation: {paths: ['/admin*']}}]}]}"));

        assertThat(outcome(server(policies), Caller.of(caller), method, path)).isEqualTo(answer);
    }

    @Test
    void anEmptySpecAllowsNothing() {
        Plan server = server(List.of(resource("AuthorizationPolicy", "default none {}")));

        assertThat(outcome(server, Caller.of("default/productpage"), "GET", "/")).isEqualTo("none");
    }

    @Test
    void aPolicyOfAnotherNamespaceDecidesNothingHere() {
        Plan server =
                server(
                        List.of(
                                resource(
                                        "AuthorizationPolicy",
                                        "other deny {action: DENY, rules: [{}]}")));

        assertThat(outcome(server, Caller.of("plain"), "GET", "/")).isEqualTo("200");
    }

    // "closed", "200", "none" for what no rule allows, or the rule that denies.
    private static String outcome(Plan plan, Caller caller, String method, String path) {
        ListenerPlan listener = plan.listener("virtualInbound");
        Security security = Security.PLAIN;
        if (listener instanceof ListenerPlan.Chains(FilterChains chains)) {
            if (caller.account() == null) {
                listener = chains.plain(INBOUND);
            } else {
                FilterChain chain =
                        chains.secured(
                                new ConnectionTraits(
                                        INBOUND,
                                        true,
                                        "outbound_.9080_._.reviews.default.svc.cluster.local",
                                        List.of("istio-http/1.1")));
                if (chain == null || !(chain.tls() instanceof DownstreamTls.OfMesh tls)) {
                    return "closed";
                }
                SpiffeId peer =
                        new SpiffeId(TrustDomain.DEFAULT, caller.namespace(), caller.account());
                assertThat(tls.clientCertificate()).isTrue();
                assertThat(tls.accepts(peer.toString())).isTrue();
                security = Security.encrypted(peer, Principals.NONE, "", "");
                listener = chain.traffic();
            }
        } else if (caller.account() != null) {
            // There is no chain that decrypts: a handshake is no request.
            return "none";
        }
        return listener instanceof ListenerPlan.Http(HttpPlan http)
                ? answer(http, security, method, path)
                : "closed";
    }

    private static String answer(HttpPlan http, Security security, String method, String path) {
        RequestHead head = RequestHead.of(method, "reviews:9080", path);
        RoutePlan route = http.route(head, new SplittableRandom(1));
        assertThat(route).isNotNull();
        Denials denials = new Denials();
        InetSocketAddress socket = new InetSocketAddress(InetAddress.getLoopbackAddress(), INBOUND);
        Exchange exchange =
                new Exchange(
                        denials,
                        new Exchange.Origin(
                                LOOP,
                                new SplittableRandom(1),
                                Direction.INBOUND,
                                HttpProtocol.HTTP_1_1,
                                socket,
                                socket,
                                security,
                                0,
                                0),
                        head,
                        new ResponseHead());
        for (RequestFilter filter : route.requestFilters()) {
            var _ = filter.apply(exchange);
            if (!denials.seen.isEmpty()) {
                String rule = denials.seen.getFirst().rule();
                return rule == null ? "none" : rule;
            }
        }
        return "200";
    }

    private static Plan server(List<Resource> resources) {
        NodeId id =
                new NodeId(
                        ProxyType.SIDECAR, "127.0.1.3", "reviews-v1", "default", "cluster.local");
        return plan(
                resources,
                new Proxy(
                        id,
                        ProxyType.SIDECAR,
                        "127.0.1.3",
                        workload(),
                        "cluster.local",
                        List.of(
                                new ServedPort(
                                        "reviews",
                                        "default",
                                        PORT,
                                        "http",
                                        Protocol.HTTP,
                                        INBOUND,
                                        "127.0.1.3",
                                        PORT)),
                        Map.of()));
    }

    /** How a sidecar that has a certificate speaks to reviews; null in plain text. */
    private static @Nullable UpstreamTls clientTls(List<Resource> resources) {
        NodeId id =
                new NodeId(
                        ProxyType.SIDECAR,
                        "127.0.1.1",
                        "productpage-v1",
                        "default",
                        "cluster.local");
        Workload productpage =
                new Workload(
                        "productpage-v1",
                        "default",
                        "productpage-v1",
                        "productpage",
                        Map.of("app", "productpage", Workload.TLS_MODE, "istio"),
                        "Kubernetes",
                        Locality.UNKNOWN);
        Plan plan =
                plan(
                        resources,
                        new Proxy(
                                id,
                                ProxyType.SIDECAR,
                                "127.0.1.1",
                                productpage,
                                "cluster.local",
                                List.of(),
                                Map.of()));
        ClusterPlan cluster = plan.cluster("outbound|9080||reviews.default.svc.cluster.local");
        assertThat(cluster).isNotNull();
        assertThat(cluster.endpoints()).hasSize(1);
        return cluster.transport().of(cluster.endpoints().getFirst());
    }

    private static Workload workload() {
        return new Workload(
                "reviews-v1",
                "default",
                "reviews-v1",
                "bookinfo-reviews",
                CERTIFIED,
                "Kubernetes",
                Locality.UNKNOWN);
    }

    private static Plan plan(List<Resource> resources, Proxy proxy) {
        Hostname host = new Hostname("reviews.default.svc.cluster.local");
        Service reviews =
                new Service(
                        host,
                        "default",
                        "reviews",
                        List.of(new ServicePort(PORT, "http", Protocol.HTTP, PORT)),
                        List.of(),
                        Resolution.STATIC,
                        false,
                        List.of("*"),
                        List.of(),
                        Map.of(),
                        Instant.EPOCH,
                        "test");
        Endpoint endpoint =
                new Endpoint(host, PORT, "127.0.1.3", INBOUND, workload(), Health.HEALTHY, 1);
        Map<ResourceKey, Resource> byKey =
                resources.stream().collect(Collectors.toMap(Resource::key, Function.identity()));
        MeshSnapshot snapshot =
                new MeshSnapshot(7, byKey, new ServiceCatalog(List.of(reviews), List.of(endpoint)));
        ProxyConfiguration configuration =
                new Translator(TranslationSettings.DEFAULT).translate(snapshot, proxy);
        return Simulated.compile(configuration);
    }

    /** {@code <namespace> <name> <spec>}. */
    private Resource resource(String kind, String text) {
        String[] parts = text.split(" ", 3);
        String document =
                "{apiVersion: security.istio.io/v1, kind: %s, metadata: {namespace: %s, name: %s}, spec: %s}"
                        .formatted(kind, parts[0], parts[1], parts[2]);
        List<Decoded> decoded = codec.decodeAll(document);
        assertThat(decoded).as(document).hasSize(1);
        assertThat(decoded.getFirst()).isInstanceOf(Decoded.Accepted.class);
        return ((Decoded.Accepted) decoded.getFirst()).resource();
    }

    /** Keeps how exchanges were denied. */
    private static final class Denials implements Exchange.Carrier {

        private final List<Failure.Denied> seen = new ArrayList<>();

        @Override
        public void resume() {
            throw new IllegalStateException("nothing pauses here");
        }

        @Override
        public void fail(Failure failure) {
            seen.add((Failure.Denied) failure);
        }

        @Override
        public void answer(LocalReply reply) {
            throw new IllegalStateException("nothing is answered here");
        }

        @Override
        public void resumeAfter(long nanos) {
            throw new IllegalStateException("nothing pauses here");
        }
    }
}
