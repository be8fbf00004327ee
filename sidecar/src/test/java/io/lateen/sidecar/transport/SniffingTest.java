package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.plan.Detection;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.sidecar.tls.Hellos;
import io.lateen.sidecar.tls.Tls;
import io.lateen.sidecar.tls.Workloads;
import io.lateen.sidecar.transport.InboundXds.Mode;
import io.lateen.sidecar.transport.InboundXds.Port;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a connection speaks: as its port is declared, else as its first bytes say, and where these
 * do not come in time, bytes (checklist E3, E7; attacks E12 and A18).
 */
@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class SniffingTest {
    private static final String GREETING = "220 mail.example\r\n";
    private static final String BOUNDED =
            "listener_filters_timeout { nanos: 300000000 }"
                    + " continue_on_listener_filters_timeout: true";
    private static final String CLOSING = "listener_filters_timeout { nanos: 300000000 }";
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    /** Greets, and gives back what it hears. */
    private static final RawServer.Script GREETER =
            c -> {
                c.write(GREETING);
                byte[] buffer = new byte[8192];
                for (int n = c.in().read(buffer); n >= 0; n = c.in().read(buffer)) {
                    c.write(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                }
            };

    /** What a client that says nothing at first gets to hear. */
    enum Silent {
        GREETED,
        CLOSED
    }

    private static Carrying inbound(RawServer app, Port port, Mode mode, String fields)
            throws IOException {
        InetSocketAddress at;
        try (java.net.ServerSocket free = new java.net.ServerSocket()) {
            free.bind(Plans.anyPort());
            at = (InetSocketAddress) free.getLocalSocketAddress();
        }
        Plan plan = InboundXds.plan(at, app.address(), port, mode, fields);
        Tls tls = new Workloads().tls("reviews");
        return Carrying.start(plan, Carrying.settings(), 1, tls);
    }

    // Istio's table of servers that speak first (serverFirstTestCases), for a client without a
    // sidecar; where it says "hangs", the limit of detection ends the wait.
    static Stream<Arguments> silentClients() {
        return Stream.of(
                Arguments.of(Port.TCP, Mode.DISABLE, BOUNDED, Silent.GREETED),
                Arguments.of(Port.TCP, Mode.PERMISSIVE, BOUNDED, Silent.GREETED),
                Arguments.of(Port.TCP, Mode.STRICT, BOUNDED, Silent.CLOSED),
                Arguments.of(Port.AUTO, Mode.DISABLE, BOUNDED, Silent.GREETED),
                Arguments.of(Port.AUTO, Mode.PERMISSIVE, BOUNDED, Silent.GREETED),
                Arguments.of(Port.AUTO, Mode.STRICT, BOUNDED, Silent.CLOSED),
                Arguments.of(Port.HTTP, Mode.STRICT, BOUNDED, Silent.CLOSED),
                Arguments.of(Port.UNDECLARED, Mode.PERMISSIVE, BOUNDED, Silent.GREETED),
                Arguments.of(Port.AUTO, Mode.DISABLE, CLOSING, Silent.CLOSED),
                Arguments.of(Port.AUTO, Mode.PERMISSIVE, CLOSING, Silent.CLOSED),
                // Nothing is waited for here, so nothing limits it.
                Arguments.of(Port.TCP, Mode.DISABLE, CLOSING, Silent.GREETED));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}: {3}")
    @MethodSource("silentClients")
    void aClientThatWaitsForTheServerHearsItOrIsClosed(
            Port port, Mode mode, String fields, Silent expected) throws IOException {
        try (RawServer app = RawServer.start(GREETER);
                Carrying sidecar = inbound(app, port, mode, fields);
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            switch (expected) {
                case GREETED -> {
                    assertThat(client.read(GREETING.length())).isEqualTo(GREETING);
                    client.send("QUIT").socket().shutdownOutput();
                    assertThat(client.readAll()).isEqualTo("QUIT");
                }
                case CLOSED -> {
                    assertThat(client.readAll()).isEmpty();
                    assertThat(app.connections()).isZero();
                    eventually(() -> assertThat(sidecar.flows()).hasSize(1));
                    assertThat(sidecar.flows().getFirst().failure()).isNotNull();
                }
            }
        }
    }

    @Test
    void whereTheWaitIsOverHttpThatIsDeclaredIsStillHttp() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("late"));
                Carrying sidecar = inbound(app, Port.HTTP, Mode.PERMISSIVE, BOUNDED);
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"));
                RawClient other = RawClient.connect(sidecar.address("virtualInbound"))) {
            client.socket().setSoTimeout(700);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> client.read(1))
                    .as("neither closed nor answered")
                    .isInstanceOf(java.net.SocketTimeoutException.class);
            client.socket().setSoTimeout(10_000);

            assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").response())
                    .endsWith("late");
            assertThat(other.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").response()).endsWith("late");
        }
    }

    // ---- what first bytes say, where nothing is declared ----

    /** What the sidecar took a connection for. */
    enum Taken {
        HTTP,
        BYTES
    }

    static Stream<Arguments> firstBytes() {
        String hello = new String(Hellos.of("outside.example", "h2"), StandardCharsets.ISO_8859_1);
        return Stream.of(
                        Arguments.of("GET / HTTP/1.1\r\nHost: a\r\n\r\n", Taken.HTTP),
                        Arguments.of("POST /a?b HTTP/1.1\r\nHost: a\r\n", Taken.HTTP),
                        Arguments.of("PROPFIND / HTTP/1.1\r\nHost: a\r\n\r\n", Taken.HTTP),
                        Arguments.of(PREFACE, Taken.HTTP),
                        Arguments.of("GET / HTTP/1.0\r\n\r\n", Taken.BYTES),
                        Arguments.of("GET / HTTP/2.0\r\n\r\n", Taken.BYTES),
                        Arguments.of("GET /\r\n", Taken.BYTES),
                        Arguments.of("EHLO me\r\n", Taken.BYTES),
                        Arguments.of("*1\r\n$4\r\nPING\r\n", Taken.BYTES),
                        Arguments.of("\u0000\u0001binary", Taken.BYTES),
                        Arguments.of("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n", Taken.BYTES),
                        Arguments.of("get / HTTP/1.1\r\n\r\n", Taken.BYTES),
                        Arguments.of(hello, Taken.BYTES))
                .flatMap(
                        each ->
                                Stream.of(Direction.INBOUND, Direction.OUTBOUND)
                                        .map(
                                                way ->
                                                        Arguments.of(
                                                                each.get()[0],
                                                                each.get()[1],
                                                                way)));
    }

    @ParameterizedTest(name = "{1} {2}")
    @MethodSource("firstBytes")
    void firstBytesSayWhatIsSpoken(String bytes, Taken expected, Direction direction)
            throws IOException {
        try (RawServer app = RawServer.start(GREETER);
                Carrying sidecar = sniffing(app, direction, Detection.UNBOUNDED);
                RawClient client = RawClient.connect(sidecar.address("socket"))) {
            // Byte by byte: what is not known yet is waited for.
            for (int i = 0; i < bytes.length(); i++) {
                client.send(bytes.substring(i, i + 1));
            }
            client.socket().shutdownOutput();

            String heard = client.readAll();
            switch (expected) {
                case BYTES -> assertThat(heard).isEqualTo(GREETING + bytes);
                case HTTP -> assertThat(heard).doesNotContain(GREETING);
            }
        }
    }

    @Test
    void whatIsUndecidedWhenTheClientEndsIsBytes() throws IOException {
        for (String bytes : List.of("GET", "P", "PRI * HTTP/2.0\r\n")) {
            try (RawServer app = RawServer.start(GREETER);
                    Carrying sidecar = sniffing(app, Direction.INBOUND, Detection.UNBOUNDED);
                    RawClient client = RawClient.connect(sidecar.address("socket"))) {
                client.send(bytes).socket().shutdownOutput();

                assertThat(client.readAll()).isEqualTo(GREETING + bytes);
            }
        }
    }

    @Test
    void outboundTooTheServerIsHeardWhenTheWaitIsOver() throws IOException {
        Detection brief = new Detection(TimeUnit.MILLISECONDS.toNanos(300), true);
        try (RawServer app = RawServer.start(GREETER);
                Carrying sidecar = sniffing(app, Direction.OUTBOUND, brief);
                RawClient waiting = RawClient.connect(sidecar.address("socket"));
                RawClient slow = RawClient.connect(sidecar.address("socket"))) {
            slow.send("GE");
            assertThat(waiting.read(GREETING.length())).isEqualTo(GREETING);
            assertThat(slow.read(GREETING.length() + 2))
                    .as("what it said so far is not lost")
                    .isEqualTo(GREETING + "GE");
        }
    }

    @Test
    void aHandshakeThatHasBegunNeverBecomesPlainText() throws IOException {
        byte[] hello = Hellos.of("outside.example", "h2");
        try (RawServer app = RawServer.start(GREETER);
                Carrying sidecar = inbound(app, Port.AUTO, Mode.PERMISSIVE, BOUNDED);
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            client.send(new String(hello, 0, 20, StandardCharsets.ISO_8859_1));
            client.socket().setSoTimeout(900);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> client.read(1))
                    .as("longer than detection waits")
                    .isInstanceOf(java.net.SocketTimeoutException.class);
            assertThat(app.connections()).isZero();
        }
    }

    static Stream<Arguments> hellos() {
        byte[] named = Hellos.of("outside.example", "h2");
        return Stream.of(
                Arguments.of("named", named),
                Arguments.of("without a name", Hellos.of("")),
                Arguments.of("with GREASE", Hellos.greased(named)),
                Arguments.of("in two records", Hellos.inRecordsOf(named, 60)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hellos")
    void aHandshakeFindsItsChainHoweverItComes(String name, byte[] hello) throws IOException {
        String bytes = new String(hello, StandardCharsets.ISO_8859_1);
        // Passed on unread where plain text and TLS of others may pass, byte by byte or whole.
        for (Mode mode : List.of(Mode.DISABLE, Mode.PERMISSIVE)) {
            try (RawServer app = RawServer.start(GREETER);
                    Carrying sidecar = inbound(app, Port.AUTO, mode, BOUNDED);
                    RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
                for (int i = 0; i < bytes.length(); i++) {
                    client.send(bytes.substring(i, i + 1));
                }
                assertThat(client.read(GREETING.length() + bytes.length()))
                        .as("%s, %s", name, mode)
                        .isEqualTo(GREETING + bytes);
            }
        }
        try (RawServer app = RawServer.start(GREETER);
                Carrying sidecar = inbound(app, Port.AUTO, Mode.STRICT, BOUNDED);
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            for (int i = 0; i < bytes.length(); i++) {
                client.send(bytes.substring(i, i + 1));
            }
            assertThat(client.read(1)).as("a record of TLS").isIn("\u0015", "\u0016");
            assertThat(app.connections()).as("no weaker chain").isZero();
        }
    }

    private static Carrying sniffing(RawServer app, Direction direction, Detection detection) {
        ListenerPlan sniffed =
                new ListenerPlan.Sniffed(
                        Plans.http(direction, Plans.route("app", ForwardPolicy.PLAIN)),
                        Plans.tcp("app"),
                        detection);
        Plans plans = new Plans().with(Plans.cluster("app").at(app.address()));
        return Carrying.start(
                (direction == Direction.INBOUND
                                ? plans.socket(
                                        "socket", Plans.anyPort(), SocketPlan.Role.INBOUND, sniffed)
                                : plans.named("app:9000", sniffed)
                                        .dependency("socket", Plans.anyPort(), "app", 9000))
                        .plan());
    }
}
