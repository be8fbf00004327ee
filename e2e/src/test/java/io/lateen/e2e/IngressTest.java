package io.lateen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.e2e.fixture.Answer;
import io.lateen.e2e.fixture.Mesh;
import io.lateen.e2e.fixture.OnTheMesh;
import io.lateen.e2e.fixture.Wire;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The way in from outside: a Gateway on the ingress. */
@OnTheMesh
class IngressTest {

    @Test
    void theSamplesGatewayShowsThePage(Mesh mesh) throws IOException {
        mesh.applySamples("bookinfo-gateway.yaml");

        try (Wire wire = mesh.outside(8080)) {
            Answer page = wire.get("localhost:8080", "/productpage");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.header("content-type"))
                    .hasValueSatisfying(it -> assertThat(it).contains("text/html"));
            assertThat(page.body()).contains("Reviewer1");
        }
    }

    @Test
    void aPathThatNoRuleNamesIs404WithItsReason(Mesh mesh) throws IOException {
        mesh.applySamples("bookinfo-gateway.yaml");

        try (Wire wire = mesh.outside(8080)) {
            Answer answer = wire.get("localhost:8080", "/admin");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("x-lateen-reason"))
                    .hasValueSatisfying(it -> assertThat(it).contains("NR"));
        }
    }

    @Test
    void anUnknownHostIs404WithItsReason(Mesh mesh) throws IOException {
        mesh.apply(
                """
                apiVersion: networking.istio.io/v1
                kind: Gateway
                metadata: {name: shop, namespace: default}
                spec:
                  selector: {istio: ingressgateway}
                  servers:
                  - port: {number: 8081, name: http, protocol: HTTP}
                    hosts: [shop.example.com]
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: shop, namespace: default}
                spec:
                  hosts: [shop.example.com]
                  gateways: [shop]
                  http:
                  - route: [{destination: {host: details, port: {number: 9080}}}]
                """);

        try (Wire wire = mesh.outside(8081)) {
            assertThat(wire.get("shop.example.com", "/details/0").status()).isEqualTo(200);
            Answer unknown = wire.get("other.example.com", "/details/0");
            assertThat(unknown.status()).isEqualTo(404);
            assertThat(unknown.header("x-lateen-reason"))
                    .hasValueSatisfying(it -> assertThat(it).contains("NR"));
        }
    }
}
