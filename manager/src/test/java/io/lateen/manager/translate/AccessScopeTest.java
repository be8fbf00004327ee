package io.lateen.manager.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.manager.snapshot.Proxy;
import io.lateen.model.service.Workload;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A policy changes what it is about, and nothing else is sent. */
class AccessScopeTest {

    private static final String SERVICES =
            """
            shop.default:9080/http v1=127.0.1.1@shop
            reviews.default:9080/http v1=127.0.1.3@reviews
            """;
    private static final String ALLOW =
            """
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: shop}
            spec: {selector: {matchLabels: {app: shop}}, rules: [{to: [{operation: {methods: [GET]}}]}]}
            """;
    private static final String STRICT =
            """
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: {name: shop}
            spec: {selector: {matchLabels: {app: shop}}, mtls: {mode: STRICT}}
            """;

    private final Translator translator = new Translator(TranslationSettings.DEFAULT);
    private final Proxy shop = certified("shop");
    private final Proxy reviews = certified("reviews");

    @Test
    void anAuthorizationPolicyChangesTheListenersOfItsWorkloadAlone() {
        ProxyConfiguration shopBefore = translated("", shop);

        assertThat(translated(ALLOW, reviews)).isEqualTo(translated("", reviews));
        ProxyConfiguration shopAfter = translated(ALLOW, shop);
        assertThat(shopAfter.listeners()).isNotEqualTo(shopBefore.listeners());
        assertThat(shopAfter.clusters()).isEqualTo(shopBefore.clusters());
        assertThat(shopAfter.endpoints()).isEqualTo(shopBefore.endpoints());
        assertThat(shopAfter.routes()).isEqualTo(shopBefore.routes());
    }

    @Test
    void strictChangesNothingForThoseThatCall() {
        assertThat(translated(STRICT, reviews)).isEqualTo(translated("", reviews));
        assertThat(translated(STRICT, shop).listeners())
                .isNotEqualTo(translated("", shop).listeners());
    }

    @Test
    void disableChangesTheEndpointsOfItsWorkload() {
        String disable = STRICT.replace("STRICT", "DISABLE");
        ProxyConfiguration before = translated("", reviews);
        ProxyConfiguration after = translated(disable, reviews);
        String cluster = "outbound|9080||shop.default.svc.cluster.local";

        assertThat(after.endpoints().get(cluster)).isNotEqualTo(before.endpoints().get(cluster));
        assertThat(after.clusters()).isEqualTo(before.clusters());
        assertThat(after.listeners()).isEqualTo(before.listeners());
    }

    private ProxyConfiguration translated(String resources, Proxy proxy) {
        return translator.translate(MeshText.snapshot(SERVICES, resources), proxy);
    }

    private static Proxy certified(String app) {
        return Proxies.sidecar(
                app, "default", Map.of("app", app, "version", "v1", Workload.TLS_MODE, "istio"));
    }
}
