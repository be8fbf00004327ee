package io.lateen.sidecar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.ads.ResourceType;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.PlanCompiler;
import io.lateen.sidecar.plan.Xds;
import io.lateen.testkit.net.LoopbackAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a listener says of itself and of its clients, as its configuration has it. */
@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class FrontTest {
    private static final String FORGED =
            "GET / HTTP/1.1\r\nHost: a\r\nx-forwarded-for: 8.8.8.8\r\nx-forwarded-proto:"
                    + " https\r\n\r\n";
    private static final String EDGE =
            "use_remote_address { value: true } server_name: \"at-the-edge\"";

    @Test
    void ofAnOutermostListenerTheSocketSaysWhoCalls() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("x"));
                Carrying sidecar = Carrying.start(plan(app.address(), EDGE));
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            client.send(FORGED).response();

            assertThat(app.heads().getFirst())
                    .contains("x-forwarded-for: 8.8.8.8,127.0.0.1\r\n")
                    .contains("x-forwarded-proto: http\r\n");
        }
    }

    @Test
    void ofAnyOtherTheClientDoes() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("x"));
                Carrying sidecar = Carrying.start(plan(app.address(), ""));
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            client.send(FORGED).response();

            assertThat(app.heads().getFirst())
                    .contains("x-forwarded-for: 8.8.8.8\r\n")
                    .contains("x-forwarded-proto: https\r\n");
        }
    }

    @Test
    void answersOfItsOwnBearTheListenersName() throws IOException {
        for (String request :
                List.of(
                        "GET /direct HTTP/1.1\r\nHost: a\r\n\r\n",
                        "GET /nowhere HTTP/1.1\r\nHost: b\r\n\r\n",
                        "GET / HTTP/1.0\r\nHost: a\r\n\r\n",
                        "not a request\r\n\r\n")) {
            assertThat(answer(EDGE, request)).contains("server: at-the-edge\r\n");
            assertThat(answer("", request)).contains("server: lateen\r\n");
        }
    }

    private static String answer(String front, String request) throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("x"));
                Carrying sidecar = Carrying.start(plan(app.address(), front));
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            return client.send(request).response();
        }
    }

    private static Plan plan(InetSocketAddress application, String front) {
        PlanCompiler compiler = new PlanCompiler(List.of());
        assertThat(
                        compiler.accept(
                                Xds.update(
                                        ResourceType.CLUSTERS,
                                        """
                                        name: "app" type: STATIC load_assignment { endpoints { lb_endpoints {
                                          endpoint { address { socket_address { address: "%s" port_value: %d } } } } } }
                                        """
                                                .formatted(
                                                        application.getAddress().getHostAddress(),
                                                        application.getPort()))))
                .isEmpty();
        assertThat(
                        compiler.accept(
                                Xds.update(
                                        ResourceType.LISTENERS,
                                        """
                                        name: "virtualInbound" traffic_direction: INBOUND
                                        address { socket_address { address: "127.0.0.1" port_value: %d } }
                                        filter_chains { filters { name: "http" typed_config {
                                          [type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager] {
                                            stat_prefix: "inbound" %s
                                            route_config { name: "r" virtual_hosts { name: "a" domains: "a"
                                              routes { match { path: "/direct" } direct_response { status: 418 } }
                                              routes { match { prefix: "/" } route { cluster: "app" timeout {} } } } }
                                            http_filters { name: "envoy.filters.http.router" } } } } }
                                        """
                                                .formatted(
                                                        LoopbackAddresses.freePort("127.0.0.1"),
                                                        front))))
                .isEmpty();
        return compiler.plan(1);
    }
}
