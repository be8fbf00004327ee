package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.ads.ResourceType;
import io.lateen.sidecar.exchange.ConnectionFilter;
import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.TcpFlow;
import io.lateen.sidecar.filter.authz.AddressRange;
import io.lateen.sidecar.filter.authz.CallerCondition;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.HttpFront;
import io.lateen.sidecar.plan.HttpPlan;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.PlanCompiler;
import io.lateen.sidecar.plan.ProxyHeaders;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.sidecar.plan.TcpPlan;
import io.lateen.sidecar.plan.Xds;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The PROXY protocol, versions 1 and 2, on sockets that are told to take it: whose a connection is,
 * for policies, for what servers are told and for records; what is no header ends the connection
 * (attack A19).
 */
@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class ProxyProtocolTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String SIGNATURE = "\r\n\r\n\u0000\r\nQUIT\n";
    private static final String FOUR = "\u00cb\u0000q\u0009" + "\u00c63d\u0001";
    private static final String PORTS = "09" + "\u0001\u00bb";
    private static final String SIX =
            " \u0001\r\u00b8" + "\u0000".repeat(11) + "\u0009" + "\u0000".repeat(15) + "\u0001";

    private static String binary(int command, int family, String rest) {
        return SIGNATURE
                + (char) command
                + (char) family
                + (char) (rest.length() >> 8)
                + (char) (rest.length() & 255)
                + rest;
    }

    private static String tlv(int type, String value) {
        return ""
                + (char) type
                + (char) (value.length() >> 8)
                + (char) (value.length() & 255)
                + value;
    }

    private static Carrying gateway(RawServer app, ProxyHeaders taken) {
        HttpPlan plain = Plans.http(Direction.GATEWAY, Plans.route("app", ForwardPolicy.PLAIN));
        return Carrying.start(
                plans(
                                app,
                                new ListenerPlan.Http(
                                        new HttpPlan(
                                                plain.direction(),
                                                plain.statPrefix(),
                                                plain.normalizesPaths(),
                                                plain.upgrades(),
                                                plain.virtualHosts(),
                                                plain.gates(),
                                                plain.recording(),
                                                new HttpFront(null, true, false))))
                        .proxied("gateway", taken)
                        .plan());
    }

    private static Plans plans(RawServer app, ListenerPlan listener) {
        return new Plans()
                .with(Plans.cluster("app").at(app.address()))
                .socket("gateway", Plans.anyPort(), SocketPlan.Role.GATEWAY, listener);
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of("PROXY TCP4 203.0.113.9 198.51.100.1 12345 443\r\n", "203.0.113.9"),
                Arguments.of(
                        "PROXY TCP6 2001:db8::9 2001:db8::1 12345 443\r\n", "2001:db8:0:0:0:0:0:9"),
                Arguments.of("PROXY UNKNOWN\r\n", "127.0.0.1"),
                Arguments.of("PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n", "127.0.0.1"),
                Arguments.of(binary(0x21, 0x11, FOUR + PORTS), "203.0.113.9"),
                Arguments.of(binary(0x21, 0x21, SIX + PORTS), "2001:db8:0:0:0:0:0:9"),
                Arguments.of(
                        binary(
                                0x21,
                                0x11,
                                FOUR
                                        + PORTS
                                        + tlv(0xea, "vpce-1")
                                        + tlv(0x04, "\u0000".repeat(500))),
                        "203.0.113.9"),
                Arguments.of(
                        binary(
                                0x21,
                                0x11,
                                FOUR + PORTS + tlv(0x02, "\u00ff\u00fe\u00c0\u00af\u0000")),
                        "203.0.113.9"),
                // The load balancer speaks for itself: its health checks.
                Arguments.of(binary(0x20, 0x00, ""), "127.0.0.1"),
                Arguments.of(binary(0x20, 0x11, FOUR + PORTS), "127.0.0.1"),
                Arguments.of(binary(0x21, 0x00, "whatever"), "127.0.0.1"));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void theHeaderSaysWhoseTheRequestIs(String header, String address) throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("hi"));
                Carrying sidecar = gateway(app, ProxyHeaders.REQUIRED);
                RawClient whole = RawClient.connect(sidecar.address("gateway"));
                RawClient pieces = RawClient.connect(sidecar.address("gateway"))) {
            assertThat(whole.send(header + GET).response()).endsWith("hi");
            for (int i = 0; i < header.length(); i++) {
                pieces.send(header.substring(i, i + 1));
            }
            assertThat(pieces.send(GET).response()).endsWith("hi");

            assertThat(app.heads())
                    .hasSize(2)
                    .allSatisfy(
                            head ->
                                    assertThat(head)
                                            .startsWith("GET / HTTP/1.1\r\n")
                                            .contains("x-forwarded-for: " + address + "\r\n"));
        }
    }

    static Stream<String> noHeaders() {
        return Stream.of(
                GET,
                "hello\r\n",
                "PROXY TCP4 203.0.113.9 198.51.100.1 12345 443\n",
                "PROXY TCP4 203.0.113.9 198.51.100.1 12345 65536\r\n",
                "PROXY TCP4 203.0.113.9 198.51.100.1 012 443\r\n",
                "PROXY TCP4 203.0.113.256 198.51.100.1 1 443\r\n",
                "PROXY TCP4 2001:db8::9 198.51.100.1 1 443\r\n",
                "PROXY TCP6 203.0.113.9 2001:db8::1 1 443\r\n",
                "PROXY TCP6 fe80::1%eth0 2001:db8::1 1 443\r\n",
                "PROXY TCP4 203.0.113.9  198.51.100.1 1 443\r\n",
                "PROXY UDP4 203.0.113.9 198.51.100.1 1 443\r\n",
                "PROXY \r\n",
                "PROXY UNKNOWN " + "x".repeat(200) + "\r\n",
                binary(0x11, 0x11, FOUR + PORTS),
                binary(0x22, 0x11, FOUR + PORTS),
                binary(0x21, 0x12, FOUR + PORTS),
                binary(0x21, 0x31, "\u0000".repeat(216)),
                binary(0x21, 0x77, FOUR + PORTS),
                binary(0x21, 0x11, FOUR),
                binary(0x21, 0x21, FOUR + PORTS),
                binary(0x21, 0x11, FOUR + PORTS + "\u00ea\u0000"),
                binary(0x21, 0x11, FOUR + PORTS + "\u00ea\u00ff\u00ffshort"),
                binary(0x21, 0x11, FOUR + PORTS + tlv(0xea, "x".repeat(20_000))));
    }

    @ParameterizedTest
    @MethodSource("noHeaders")
    void whatIsNoHeaderEndsTheConnection(String bytes) throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("hi"));
                Carrying sidecar = gateway(app, ProxyHeaders.REQUIRED);
                RawClient client = RawClient.connect(sidecar.address("gateway"))) {
            client.send(bytes);

            ended(client);
            assertThat(app.connections()).isZero();
            eventually(() -> assertThat(sidecar.flows()).hasSize(1));
            assertThat(sidecar.flows().getFirst().failure())
                    .isInstanceOf(Failure.HandshakeFailed.class);
        }
    }

    private static void ended(RawClient client) throws IOException {
        try {
            assertThat(client.readAll()).isEmpty();
        } catch (java.net.SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    @Test
    void aConnectionWithoutAHeaderIsItsOwnWhereThatIsAllowed() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("hi"));
                Carrying sidecar = gateway(app, ProxyHeaders.OPTIONAL);
                RawClient bare = RawClient.connect(sidecar.address("gateway"));
                RawClient told = RawClient.connect(sidecar.address("gateway"))) {
            assertThat(bare.send(GET).response()).endsWith("hi");
            told.send("PROXY TCP4 203.0.113.9 198.51.100.1 1 443\r\n" + GET).response();

            assertThat(app.heads().getFirst()).contains("x-forwarded-for: 127.0.0.1\r\n");
            assertThat(app.heads().getLast()).contains("x-forwarded-for: 203.0.113.9\r\n");
        }
    }

    @Test
    void aVersionThatIsNotTakenEndsTheConnection() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("hi"));
                Carrying sidecar = gateway(app, new ProxyHeaders(true, false, true));
                RawClient client = RawClient.connect(sidecar.address("gateway"))) {
            client.send("PROXY TCP4 203.0.113.9 198.51.100.1 1 443\r\n" + GET);

            ended(client);
            assertThat(app.connections()).isZero();
        }
    }

    @Test
    void nobodyIsBelievedWhereNobodyWasTold() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("hi"));
                Carrying sidecar = Carrying.start(Plans.inbound(app.address()));
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            client.send("PROXY TCP4 203.0.113.9 198.51.100.1 1 443\r\n" + GET);

            assertThat(client.readAll()).startsWith("HTTP/1.1 400 ");
            assertThat(app.heads()).isEmpty();
        }
    }

    @Test
    void policiesAndRecordsGoByTheClientOfARawConnection() throws IOException {
        AddressRange range = AddressRange.of("203.0.113.0", 24);
        assertThat(range).isNotNull();
        CallerCondition.Peer outside = new CallerCondition.Peer(range);
        ConnectionFilter filter =
                flow ->
                        outside.holds(flow, null)
                                ? new Failure.Refused(403, "not from there")
                                : null;
        ListenerPlan listener = new ListenerPlan.Tcp(behind(Plans.tcp("app"), filter));
        try (RawServer app = RawServer.start(c -> c.write("220 welcome"));
                Carrying sidecar =
                        Carrying.start(
                                plans(app, listener)
                                        .proxied("gateway", ProxyHeaders.REQUIRED)
                                        .plan());
                RawClient refused = RawClient.connect(sidecar.address("gateway"));
                RawClient welcome = RawClient.connect(sidecar.address("gateway"))) {
            refused.send(binary(0x21, 0x11, FOUR + PORTS));
            ended(refused);
            welcome.send("PROXY TCP4 192.0.2.1 198.51.100.1 77 443\r\n");

            assertThat(welcome.readAll()).as("the server may speak first").isEqualTo("220 welcome");
            welcome.socket().shutdownOutput();
            eventually(() -> assertThat(sidecar.flows()).hasSize(2));
            assertThat(sidecar.flows())
                    .extracting(TcpFlow::downstreamRemote)
                    .containsExactly(
                            new InetSocketAddress("203.0.113.9", 12345),
                            new InetSocketAddress("192.0.2.1", 77));
        }
    }

    private static TcpPlan behind(TcpPlan plain, ConnectionFilter filter) {
        return new TcpPlan(
                plain.statPrefix(),
                plain.clusters(),
                plain.idleTimeoutNanos(),
                plain.longestLifeNanos(),
                plain.bySourceAddress(),
                plain.origin(),
                List.of(filter),
                plain.recording());
    }

    // ---- as a control plane says it ----

    private static final String LISTENER =
            """
            name: "gateway" address { socket_address { address: "127.0.0.1" port_value: 8443 } }
            listener_filters { name: "envoy.filters.listener.proxy_protocol" typed_config {
              [type.googleapis.com/envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol] { %s } } }
            filter_chains { filters { name: "tcp" typed_config {
              [type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy] {
                stat_prefix: "x" cluster: "c" } } } }
            """;

    @Test
    void envoysListenerFilterIsRead() {
        assertThat(compiled("").proxied()).containsEntry("gateway", ProxyHeaders.REQUIRED);
        assertThat(compiled("allow_requests_without_proxy_protocol: true").proxied())
                .containsEntry("gateway", ProxyHeaders.OPTIONAL);
        assertThat(compiled("disallowed_versions: V1").proxied())
                .containsEntry("gateway", new ProxyHeaders(true, false, true));
    }

    @Test
    void aGatewayMayBeToldForAllItsListeners() {
        String bare = LISTENER.replaceAll("(?s)listener_filters.*?} } }\n", "");
        PlanCompiler gateway = new PlanCompiler(List.of(), ProxyHeaders.REQUIRED);
        assertThat(gateway.accept(Xds.update(ResourceType.LISTENERS, bare))).isEmpty();
        assertThat(gateway.plan(1).proxied()).containsEntry("gateway", ProxyHeaders.REQUIRED);

        PlanCompiler workload = new PlanCompiler(List.of(), ProxyHeaders.REQUIRED);
        String inbound = bare + " traffic_direction: INBOUND";
        assertThat(workload.accept(Xds.update(ResourceType.LISTENERS, inbound))).isEmpty();
        assertThat(workload.plan(1).proxied()).as("of gateways alone").isEmpty();
    }

    @Test
    void whatOfItIsNotInForceIsRefusedByName() {
        for (String field : List.of("rules { tlv_type: 234 }", "pass_through_tlvs {}")) {
            PlanCompiler compiler = new PlanCompiler(List.of());
            assertThat(
                            compiler.accept(
                                            Xds.update(
                                                    ResourceType.LISTENERS,
                                                    LISTENER.formatted(field)))
                                    .toString())
                    .contains("listener_filters[0].typed_config." + field.split(" ", 2)[0])
                    .contains("not supported");
        }
    }

    private static Plan compiled(String fields) {
        PlanCompiler compiler = new PlanCompiler(List.of());
        assertThat(compiler.accept(Xds.update(ResourceType.LISTENERS, LISTENER.formatted(fields))))
                .isEmpty();
        return compiler.plan(1);
    }
}
