package io.lateen.e2e;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.e2e.fixture.Answer;
import io.lateen.e2e.fixture.Mesh;
import io.lateen.e2e.fixture.OnTheMesh;
import io.lateen.e2e.fixture.OutsideServer;
import io.lateen.e2e.fixture.OutsideWorld;
import io.lateen.e2e.fixture.Wire;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS at the mesh's edges: those outside come in, and the mesh goes out. */
@OnTheMesh
class EdgeTest {

    @TempDir private Path folder;

    @Test
    void aGatewayShowsTheCertificateThatItsResourceNames(Mesh mesh) throws IOException {
        OutsideWorld world = new OutsideWorld(folder);
        world.credential(mesh.credentials(), "shop", "shop.example.com");
        mesh.apply(
                """
                apiVersion: networking.istio.io/v1
                kind: Gateway
                metadata: {name: edge, namespace: default}
                spec:
                  selector: {istio: ingressgateway}
                  servers:
                  - port: {number: 8443, name: https, protocol: HTTPS}
                    hosts: [shop.example.com]
                    tls: {mode: SIMPLE, credentialName: shop}
                  - port: {number: 8443, name: late, protocol: HTTPS}
                    hosts: [late.example.com]
                    tls: {mode: SIMPLE, credentialName: late}
                  - port: {number: 8080, name: http, protocol: HTTP}
                    hosts: [shop.example.com]
                    tls: {httpsRedirect: true}
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: shop, namespace: default}
                spec:
                  hosts: [shop.example.com, late.example.com]
                  gateways: [edge]
                  http:
                  - route: [{destination: {host: details, port: {number: 9080}}}]
                """);
        String at = mesh.ingressAddress();

        assertThat(world.curl(at, "https://shop.example.com:8443/details/0"))
                .contains("HTTP/2 200")
                .contains("\"id\"");
        try (Wire wire = mesh.outside(8080)) {
            Answer redirect = wire.get("shop.example.com:8080", "/details/0?a=b");
            assertThat(redirect.status()).isEqualTo(301);
            assertThat(redirect.header("location"))
                    .hasValue("https://shop.example.com:8443/details/0?a=b");
        }

        assertThat(world.curl(at, "https://late.example.com:8443/details/0"))
                .as("a server whose certificate is missing serves nobody")
                .doesNotContain("200");
        eventually(
                () ->
                        assertThat(mesh.kubectl().run("get", "gateway", "edge", "-o", "yaml"))
                                .contains("spec.servers[1].tls.credentialName: credential late")
                                .contains("late/tls.crt"));

        world.credential(mesh.credentials(), "late", "late.example.com");
        eventually(
                () ->
                        assertThat(world.curl(at, "https://late.example.com:8443/details/0"))
                                .contains("HTTP/2 200"));
        eventually(
                () ->
                        assertThat(mesh.kubectl().run("get", "gateway", "edge", "-o", "yaml"))
                                .doesNotContain("late/tls.crt"));
    }

    @Test
    void aGatewayPassesOnByTheNameThatIsAskedFor(Mesh mesh) throws IOException {
        OutsideWorld world = new OutsideWorld(folder);
        try (OutsideServer one = world.server("one.example.com");
                OutsideServer two = world.server("two.example.com")) {
            mesh.apply(
                    entry("one", one)
                            + entry("two", two)
                            + """
                            ---
                            apiVersion: networking.istio.io/v1
                            kind: Gateway
                            metadata: {name: through, namespace: default}
                            spec:
                              selector: {istio: ingressgateway}
                              servers:
                              - port: {number: 9443, name: tls, protocol: TLS}
                                hosts: ["*.example.com"]
                                tls: {mode: PASSTHROUGH}
                            ---
                            apiVersion: networking.istio.io/v1
                            kind: VirtualService
                            metadata: {name: through, namespace: default}
                            spec:
                              hosts: [one.example.com, two.example.com]
                              gateways: [through]
                              tls:
                              - match: [{sniHosts: [one.example.com]}]
                                route: [{destination: {host: one.example.com, port: {number: 443}}}]
                              - match: [{sniHosts: [two.example.com]}]
                                route: [{destination: {host: two.example.com, port: {number: 443}}}]
                            """);
            String at = mesh.ingressAddress();

            assertThat(world.curl(at, "https://one.example.com:9443/"))
                    .contains("one.example.com here");
            assertThat(world.curl(at, "https://two.example.com:9443/"))
                    .contains("two.example.com here");
            assertThat(world.curl(at, "https://three.example.com:9443/")).doesNotContain("here");
        }
    }

    /** Checklist E38. */
    @Test
    void whatTheApplicationSaysInPlainTextLeavesTheMeshInTls(Mesh mesh) throws IOException {
        OutsideWorld world = new OutsideWorld(folder);
        try (OutsideServer good = world.server("one.example.com");
                OutsideServer bad = world.server("somebody-else.example.com")) {
            mesh.apply(
                    plainEntry("one", "one.example.com", good)
                            + plainEntry("two", "two.example.com", bad)
                            + origination(world, "one.example.com")
                            + origination(world, "two.example.com"));

            try (Wire wire = mesh.caller().outbound()) {
                Answer answer = wire.get("one.example.com", "/");
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).contains("one.example.com here");
                assertThat(good.asked()).containsOnly("one.example.com");

                Answer refused = wire.get("two.example.com", "/");
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.header("x-lateen-reason"))
                        .hasValueSatisfying(
                                why ->
                                        assertThat(why)
                                                .contains("somebody-else.example.com")
                                                .contains("expected two.example.com"));
            }
        }
    }

    private static String entry(String name, OutsideServer server) {
        return """
        ---
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: %s, namespace: default}
        spec:
          hosts: [%s.example.com]
          ports: [{number: 443, name: tls, protocol: TLS, targetPort: %d}]
          resolution: STATIC
          location: MESH_EXTERNAL
          endpoints: [{address: 127.0.0.1}]
        """
                .formatted(name, name, server.port());
    }

    private static String plainEntry(String name, String host, OutsideServer server) {
        return """
        ---
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: %s, namespace: default}
        spec:
          hosts: [%s]
          ports: [{number: 80, name: http, protocol: HTTP, targetPort: %d}]
          resolution: DNS
          location: MESH_EXTERNAL
          endpoints: [{address: localhost}]
        """
                .formatted(name, host, server.port());
    }

    private static String origination(OutsideWorld world, String host) {
        return """
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: %s, namespace: default}
        spec:
          host: %s
          trafficPolicy: {tls: {mode: SIMPLE, caCertificates: %s}}
        """
                .formatted(host.replace('.', '-'), host, world.roots());
    }
}
