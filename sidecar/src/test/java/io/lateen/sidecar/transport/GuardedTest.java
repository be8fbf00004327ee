package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.tls.Workloads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Authorization and what is told of callers, between two sidecars with real sockets. */
class GuardedTest {
    private static final String DENY_ADMIN =
            rbac(
                    "http",
                    "DENY",
                    "ns[default]-policy[no-admin]-rule[0]",
                    "permissions { url_path { path { prefix: \"/admin\" } } } principals { any: true }");
    private static final String ALLOW_PRODUCTPAGE =
            rbac(
                    "http",
                    "ALLOW",
                    "ns[default]-policy[callers]-rule[0]",
                    "permissions { any: true } principals { authenticated { principal_name { exact: \""
                            + Workloads.identity("productpage")
                            + "\" } } }");
    private static final String DENY_BYTES =
            rbac(
                    "network",
                    "DENY",
                    "ns[default]-policy[no-ratings]-rule[2]",
                    "permissions { any: true } principals { authenticated { principal_name { suffix: \"/sa/ratings\" } } }");

    private final Workloads workloads = new Workloads();
    private final RawServer application = RawServer.answering(RawServer.ok("hello"));
    private final List<AutoCloseable> open = new ArrayList<>();

    private static String rbac(String kind, String action, String policy, String rule) {
        String type = "envoy.extensions.filters." + kind + ".rbac.v3.RBAC";
        String name = "envoy.filters." + kind + ".rbac";
        return "%s { name: \"%s\" typed_config { [type.googleapis.com/%s] { %s rules { action: %s policies { key: \"%s\" value { %s } } } } } }\n"
                .formatted(
                        kind.equals("http") ? "http_filters" : "filters",
                        name,
                        type,
                        kind.equals("http") ? "" : "stat_prefix: \"tcp.\"",
                        action,
                        policy,
                        rule);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        application.close();
    }

    private <T extends AutoCloseable> T closing(T resource) {
        open.add(resource);
        return resource;
    }

    private static InetSocketAddress free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
        }
    }

    private Carrying reviews(Plan plan) {
        return closing(Carrying.start(plan, Carrying.settings(), 1, workloads.tls("reviews")));
    }

    private String call(Carrying server, String account, String request) throws IOException {
        Carrying caller =
                closing(
                        Carrying.start(
                                TlsPlans.outboundHttp(
                                        TlsPlans.reviews(
                                                server.address("virtualInbound"),
                                                TlsPlans.to("reviews"))),
                                Carrying.settings(),
                                1,
                                workloads.tls(account)));
        return closing(RawClient.connect(caller.address("dependency"))).send(request).response();
    }

    private static String get(String path, String... headers) {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: reviews\r\n");
        for (String each : headers) {
            request.append(each).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    @Test
    void letsPassWhomARuleAllows() throws IOException {
        Carrying server =
                reviews(
                        InboundXds.guarded(
                                free(), application.address(), DENY_ADMIN + ALLOW_PRODUCTPAGE));

        assertThat(call(server, "productpage", get("/"))).startsWith("HTTP/1.1 200");
    }

    @Test
    void deniesWhomNoRuleAllowsAndNamesThePolicies() throws IOException {
        Carrying server =
                reviews(
                        InboundXds.guarded(
                                free(), application.address(), DENY_ADMIN + ALLOW_PRODUCTPAGE));

        assertThat(call(server, "details", get("/")))
                .startsWith("HTTP/1.1 403")
                .contains(
                        "x-lateen-reason: -; no rule allows it; the rules that could are those of"
                                + " AuthorizationPolicy default/callers")
                .endsWith("RBAC: access denied");
        assertThat(application.heads()).isEmpty();
    }

    @Test
    void deniesBeforeItAllowsAndComparesPathsInOneSpelling() throws IOException {
        Carrying server =
                reviews(
                        InboundXds.guarded(
                                free(), application.address(), DENY_ADMIN + ALLOW_PRODUCTPAGE));

        for (String path :
                List.of(
                        "/admin",
                        "/admin?a",
                        "/x/../admin",
                        "/./admin/a",
                        "/%61dmin",
                        "/x/..\\admin")) {
            assertThat(call(server, "productpage", get(path)))
                    .as(path)
                    .startsWith("HTTP/1.1 403")
                    .contains("denied by AuthorizationPolicy default/no-admin, rule 0");
        }
        assertThat(application.heads()).isEmpty();
    }

    @Test
    void closesAConnectionThatARuleDenies() throws IOException {
        Carrying server =
                reviews(InboundXds.guardedBytes(free(), application.address(), DENY_BYTES));
        Carrying caller =
                closing(
                        Carrying.start(
                                TlsPlans.outboundTcp(
                                        TlsPlans.reviews(
                                                server.address("virtualInbound"),
                                                TlsPlans.to("reviews"))),
                                Carrying.settings(),
                                1,
                                workloads.tls("ratings")));

        RawClient client = closing(RawClient.connect(caller.address("dependency")));

        assertThat(client.send("hello\r\n\r\n").readAll()).isEmpty();
        eventually(() -> assertThat(server.flows()).hasSize(1));
        assertThat(server.flows().getFirst().failure())
                .isEqualTo(new Failure.Denied("ns[default]-policy[no-ratings]-rule[2]", List.of()));
        assertThat(application.connections()).isZero();
    }

    @Test
    void tellsTheApplicationWhoCallsAndWhoItSaysIsBehindThat() throws IOException {
        Carrying server = reviews(InboundXds.guarded(free(), application.address(), ""));

        var _ =
                call(
                        server,
                        "productpage",
                        get("/", "X-Forwarded-Client-Cert: By=me;URI=spiffe://a/b"));

        assertThat(application.heads().getFirst())
                .as("the claim of an application is taken away where it leaves")
                .doesNotContain("spiffe://a/b")
                .containsPattern(
                        "x-forwarded-client-cert: By="
                                + Workloads.identity("reviews")
                                + ";Hash=[0-9a-f]{64};Subject=\"\";URI="
                                + Workloads.identity("productpage")
                                + "\r\n");
    }

    @Test
    void takesAwayClaimsThatNobodyProves() throws IOException {
        Carrying server =
                reviews(
                        InboundXds.plan(
                                free(),
                                application.address(),
                                InboundXds.Port.HTTP,
                                InboundXds.Mode.PERMISSIVE));
        RawClient stranger = closing(RawClient.connect(server.address("virtualInbound")));

        var _ =
                stranger.send(get("/", "x-forwarded-client-cert: By=me;URI=spiffe://a/b"))
                        .response();

        assertThat(application.heads().getFirst().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("x-forwarded-client-cert");
    }
}
