package io.lateen.manager.translate.listener;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.lateen.manager.snapshot.Authorization;
import io.lateen.manager.snapshot.PeerPolicy;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.manager.translate.security.Guard;
import io.lateen.manager.translate.security.Ports;
import io.lateen.manager.translate.security.Protection;
import io.lateen.manager.translate.security.TrustDomains;
import io.lateen.model.resource.PeerAuthentication.Mode;
import io.lateen.model.service.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of a connection, by the protocol of the port that it comes in at, what is asked of
 * callers, and how it begins: Istio's table, in the words of a naive reading of Envoy's rules.
 */
class InboundConnectionsTest {

    private static final int PORT = 9080;
    private static final int OTHER = 9999;

    /** A connection's beginning, as the inspectors report it. */
    private enum Beginning {
        PLAIN_HTTP("raw_buffer", List.of("http/1.1")),
        PLAIN_BYTES("raw_buffer", List.of()),
        FOREIGN_TLS("tls", List.of("h2", "http/1.1")),
        MESH_HTTP("tls", List.of("istio-http/1.1")),
        MESH_BYTES("tls", List.of("istio"));

        private final String transport;
        private final String first;

        Beginning(String transport, List<String> protocols) {
            this.transport = transport;
            this.first = String.join(",", protocols);
        }

        boolean offers(String protocol) {
            return List.of(first.split(",", -1)).contains(protocol);
        }
    }

    // Where HTTP takes what is not HTTP, a protocol error follows; where a chain that asks for a
    // certificate takes a foreign handshake, a failed handshake.
    @ParameterizedTest
    @CsvSource({
        // port,     asked,      plain HTTP, plain bytes, foreign TLS, mesh HTTP, mesh bytes
        "HTTP,       DISABLE,    http,       http,        http,        http,      http",
        "HTTP,       PERMISSIVE, http,       http,        closed,      mtls-http, mtls-http",
        "HTTP,       STRICT,     closed,     closed,      mtls-http,   mtls-http, mtls-http",
        "GRPC,       PERMISSIVE, http,       http,        closed,      mtls-http, mtls-http",
        "TCP,        DISABLE,    tcp,        tcp,         tcp,         tcp,       tcp",
        "TCP,        PERMISSIVE, tcp,        tcp,         tcp,         mtls-tcp,  mtls-tcp",
        "TCP,        STRICT,     closed,     closed,      mtls-tcp,    mtls-tcp,  mtls-tcp",
        "HTTPS,      PERMISSIVE, tcp,        tcp,         tcp,         mtls-tcp,  mtls-tcp",
        "UNDECLARED, DISABLE,    http,       tcp,         tcp,         tcp,       tcp",
        "UNDECLARED, PERMISSIVE, http,       tcp,         tcp,         mtls-http, mtls-tcp",
        "UNDECLARED, STRICT,     closed,     closed,      mtls-tcp,    mtls-http, mtls-tcp",
    })
    void areTakenAsIstioTakesThem(
            Protocol protocol,
            Mode mode,
            String plainHttp,
            String plainBytes,
            String foreignTls,
            String meshHttp,
            String meshBytes) {
        List<String> expected = List.of(plainHttp, plainBytes, foreignTls, meshHttp, meshBytes);
        Protection everywhere = protection(mode, Map.of());
        Listener own =
                new InboundPort("in", "127.0.1.1", served(protocol), everywhere, LOG).message();
        Listener redirected =
                new RedirectedInbound("127.0.1.1", List.of(served(protocol)), everywhere, LOG)
                        .message();
        Listener amongOthers =
                new RedirectedInbound(
                                "127.0.1.1",
                                List.of(served(protocol)),
                                protection(
                                        mode == Mode.DISABLE ? Mode.STRICT : Mode.DISABLE,
                                        Map.of(PORT, mode)),
                                LOG)
                        .message();

        assertThat(outcomes(own, PORT)).as("own listener").isEqualTo(expected);
        assertThat(outcomes(redirected, PORT)).as("redirected").isEqualTo(expected);
        assertThat(outcomes(amongOthers, PORT)).as("among others").isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "DISABLE,    tcp,    tcp,    tcp,      tcp,      tcp",
        "PERMISSIVE, tcp,    tcp,    tcp,      mtls-tcp, mtls-tcp",
        "STRICT,     closed, closed, mtls-tcp, mtls-tcp, mtls-tcp",
    })
    void toPortsThatNobodyServesAreTakenAlike(
            Mode mode,
            String plainHttp,
            String plainBytes,
            String foreignTls,
            String meshHttp,
            String meshBytes) {
        List<String> expected = List.of(plainHttp, plainBytes, foreignTls, meshHttp, meshBytes);
        Protection everywhere = protection(mode, Map.of());
        Protection here =
                protection(mode == Mode.DISABLE ? Mode.STRICT : Mode.DISABLE, Map.of(OTHER, mode));

        for (Protection protection : List.of(everywhere, here)) {
            Listener listener =
                    new RedirectedInbound(
                                    "127.0.1.1", List.of(served(Protocol.HTTP)), protection, LOG)
                            .message();

            assertThat(outcomes(listener, OTHER)).as("%s", protection).isEqualTo(expected);
        }
    }

    private static final AccessLogging LOG = AccessLogging.OFF;

    private static Protection protection(Mode mode, Map<Integer, Mode> ports) {
        return new Protection(
                new PeerPolicy(mode, ports),
                new Guard(Authorization.NONE, TrustDomains.DEFAULT, Ports.DIALLED));
    }

    private static ServedPort served(Protocol protocol) {
        return new ServedPort("a", "default", 80, "", protocol, 15006, "127.0.1.1", PORT);
    }

    private static List<String> outcomes(Listener listener, int port) {
        List<String> outcomes = new ArrayList<>();
        for (Beginning beginning : Beginning.values()) {
            outcomes.add(
                    chain(listener, port, beginning)
                            .map(InboundConnectionsTest::kind)
                            .orElse("closed"));
        }
        return outcomes;
    }

    private static String kind(FilterChain chain) {
        String last = chain.getFilters(chain.getFiltersCount() - 1).getName();
        String protocol = last.endsWith("tcp_proxy") ? "tcp" : "http";
        if (!chain.hasTransportSocket()) {
            return protocol;
        }
        try {
            assertThat(
                            chain.getTransportSocket()
                                    .getTypedConfig()
                                    .unpack(DownstreamTlsContext.class)
                                    .getRequireClientCertificate()
                                    .getValue())
                    .isTrue();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
        return "mtls-" + protocol;
    }

    /** Envoy's choice: port, then transport, then application protocol, with no way back. */
    private static Optional<FilterChain> chain(Listener listener, int port, Beginning beginning) {
        boolean inspected =
                listener.getListenerFiltersList().stream()
                        .anyMatch(filter -> filter.getName().endsWith("tls_inspector"));
        boolean sniffed =
                listener.getListenerFiltersList().stream()
                        .anyMatch(filter -> filter.getName().endsWith("http_inspector"));
        String transport = inspected ? beginning.transport : "raw_buffer";
        List<FilterChain> left = listener.getFilterChainsList();
        left =
                narrowed(
                        left,
                        chain ->
                                chain.getFilterChainMatch().getDestinationPort().getValue() == port,
                        chain -> !chain.getFilterChainMatch().hasDestinationPort());
        left =
                narrowed(
                        left,
                        chain ->
                                chain.getFilterChainMatch()
                                        .getTransportProtocol()
                                        .equals(transport),
                        chain -> chain.getFilterChainMatch().getTransportProtocol().isEmpty());
        boolean known = transport.equals("tls") || (sniffed && beginning == Beginning.PLAIN_HTTP);
        left =
                narrowed(
                        left,
                        chain ->
                                known
                                        && chain
                                                .getFilterChainMatch()
                                                .getApplicationProtocolsList()
                                                .stream()
                                                .anyMatch(beginning::offers),
                        chain -> chain.getFilterChainMatch().getApplicationProtocolsCount() == 0);
        if (left.isEmpty() && listener.hasDefaultFilterChain()) {
            return Optional.of(listener.getDefaultFilterChain());
        }
        assertThat(left).as("chains that want %s", beginning).hasSizeLessThan(2);
        return left.stream().findFirst();
    }

    private static List<FilterChain> narrowed(
            List<FilterChain> from, Predicate<FilterChain> exact, Predicate<FilterChain> any) {
        List<FilterChain> special = from.stream().filter(exact).toList();
        return special.isEmpty() ? from.stream().filter(any).toList() : special;
    }
}
