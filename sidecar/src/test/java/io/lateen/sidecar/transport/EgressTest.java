package io.lateen.sidecar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.ads.ResourceType;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.PlanCompiler;
import io.lateen.sidecar.plan.Xds;
import io.lateen.testkit.net.LoopbackAddresses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which hosts outside the mesh may be called, where only known ones are: checklist E37, E39. */
class EgressTest {
    private static final String REGISTRY_ONLY = "BlackHoleCluster";
    private static final String ALLOW_ANY = "PassthroughCluster";

    @TempDir private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T closing(T resource) {
        open.add(resource);
        return resource;
    }

    private RawServer server() {
        return closing(RawServer.answering(RawServer.ok("outside")));
    }

    private RawClient client(String policy, String... listeners) throws IOException {
        String captured =
                """
                name: "virtualOutbound" use_original_dst { value: true } traffic_direction: OUTBOUND
                address { socket_address { address: "%s" port_value: 15001 } }
                default_filter_chain { %s }
                """
                        .formatted(LoopbackAddresses.next(), bytes(policy));
        PlanCompiler compiler = new PlanCompiler(List.of());
        assertThat(
                        compiler.accept(
                                Xds.update(
                                        ResourceType.CLUSTERS,
                                        "name: \"PassthroughCluster\" type: ORIGINAL_DST"
                                                + " lb_policy: CLUSTER_PROVIDED",
                                        "name: \"BlackHoleCluster\" type: STATIC")))
                .isEmpty();
        List<String> all = new ArrayList<>(List.of(captured));
        all.addAll(List.of(listeners));
        assertThat(compiler.accept(Xds.update(ResourceType.LISTENERS, all.toArray(String[]::new))))
                .isEmpty();
        Plan plan = compiler.plan(1);
        Carrying sidecar = closing(Carrying.start(plan));
        return closing(RawClient.connect(sidecar.address("virtualOutbound")));
    }

    private static String bytes(String cluster) {
        return """
        filters { name: "tcp" typed_config {
          [type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy] {
            stat_prefix: "out" cluster: "%s" } } }
        """
                .formatted(cluster);
    }

    private static String network(int port, String prefix, int bits) {
        return """
        name: "0.0.0.0_%d" bind_to_port { value: false } traffic_direction: OUTBOUND
        address { socket_address { address: "0.0.0.0" port_value: %d } }
        filter_chains { filter_chain_match {
          prefix_ranges { address_prefix: "%s" prefix_len { value: %d } } } %s }
        default_filter_chain { %s }
        """
                .formatted(port, port, prefix, bits, bytes(ALLOW_ANY), bytes(REGISTRY_ONLY));
    }

    private static String below(int port, String name) {
        return """
        name: "0.0.0.0_%d" bind_to_port { value: false } traffic_direction: OUTBOUND
        address { socket_address { address: "0.0.0.0" port_value: %d } }
        listener_filters { name: "envoy.filters.listener.tls_inspector" }
        filter_chains { filter_chain_match { transport_protocol: "tls" server_names: "%s" } %s }
        default_filter_chain { %s }
        """
                .formatted(port, port, name, bytes(ALLOW_ANY), bytes(REGISTRY_ONLY));
    }

    @Test
    void callsAHostThatNobodyKnowsWhereAnyIsAllowed() throws IOException {
        RawServer outside = server();

        assertThat(get(client(ALLOW_ANY), outside)).startsWith("HTTP/1.1 200").endsWith("outside");
    }

    @Test
    void callsNoHostThatNobodyKnowsWhereOnlyKnownOnesAreAllowed() throws IOException {
        RawServer outside = server();

        assertThat(get(client(REGISTRY_ONLY), outside))
                .startsWith("HTTP/1.1 502")
                .contains("only known hosts may be called");
        assertThat(outside.connections()).isZero();
    }

    private static String get(RawClient client, RawServer outside) throws IOException {
        String host = "127.0.0.1:" + outside.address().getPort();
        return client.send("GET http://" + host + "/ HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                .response();
    }

    @Test
    void opensATunnelToTheAddressesOfANetworkAlone() throws IOException {
        RawServer outside = server();
        int port = outside.address().getPort();

        RawClient inside = client(REGISTRY_ONLY, network(port, "127.0.0.0", 30));
        assertThat(tunnel(inside, "127.0.0.1:" + port)).startsWith("HTTP/1.1 200");
        assertThat(inside.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").response()).endsWith("outside");

        RawClient beyond = client(REGISTRY_ONLY, network(port, "10.0.0.0", 8));
        beyond.send("CONNECT 127.0.0.1:" + port + " HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(beyond.readAll()).doesNotContain("outside");
        assertThat(outside.connections()).isEqualTo(1);
    }

    private static String tunnel(RawClient client, String to) throws IOException {
        return client.send("CONNECT " + to + " HTTP/1.1\r\nHost: " + to + "\r\n\r\n").head();
    }

    @Test
    void passesOnTheNamesBelowOneAlone() throws IOException {
        Public authority = new Public(folder, "public");
        authority.credential("wild", "a.wild.example.com", "b.other.example.com");
        SecureServer outside =
                closing(SecureServer.start(folder.resolve("wild"), authority, false));
        int port = outside.address().getPort();
        RawClient proxy = client(REGISTRY_ONLY, below(port, "*.wild.example.com"));
        String address = proxy.socket().getInetAddress().getHostAddress() + ":15001";

        assertThat(through(address, "a.wild.example.com", outside).said()).isEqualTo("secure");
        assertThat(through(address, "b.other.example.com", outside).code()).isNotZero();
        assertThat(outside.asked()).containsOnly("a.wild.example.com");
    }

    // By a proxy that is told an address; the name is in the handshake alone.
    private Tool.Ended through(String proxy, String name, SecureServer server) throws IOException {
        return Tool.run(
                List.of(
                        "curl",
                        "-sS",
                        "--max-time",
                        "15",
                        "--proxy",
                        "http://" + proxy,
                        "--proxytunnel",
                        "--cacert",
                        folder.resolve("public.pem").toString(),
                        "--connect-to",
                        name + ":443:127.0.0.1:" + server.address().getPort(),
                        "https://" + name + "/"));
    }
}
