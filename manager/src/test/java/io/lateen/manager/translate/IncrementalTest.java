package io.lateen.manager.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.snapshot.ServiceCatalog;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.ResourceKey;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Health;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A mesh of 1,000 services, 5,000 endpoints and 100 proxies: what a small change makes anew, and
 * (in print, not asserted) how long it takes.
 */
final class IncrementalTest {

    private static final int SERVICES = 1_000;
    private static final int PROXIES = 100;

    private static ServiceCatalog catalog = ServiceCatalog.EMPTY;
    private static List<Resource> rules = List.of();
    private static final List<Proxy> proxies = new ArrayList<>();

    @BeforeAll
    static void aLargeMesh() {
        StringBuilder services = new StringBuilder();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < SERVICES; i++) {
            int port = 8000 + i % 10;
            services.append("s%d.n%d:%d/http".formatted(i, i % 5, port));
            for (int e = 0; e < 5; e++) {
                services.append(" v%d=10.%d.%d.%d".formatted(e % 2 + 1, i / 250, i % 250, e + 1));
            }
            services.append('\n');
            if (i % 4 == 0) {
                text.append(rules(i));
            }
        }
        catalog = MeshText.catalog(services.toString());
        rules = MeshText.resources(text.toString());
        for (int i = 0; i < PROXIES; i++) {
            String app = "s" + i;
            proxies.add(Proxies.sidecar(app, "n" + i % 5, Map.of("app", app, "version", "v1")));
        }
    }

    private static String rules(int i) {
        return """
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: s%1$d, namespace: n%2$d}
        spec:
          hosts: [s%1$d]
          http:
          - match: [{headers: {end-user: {exact: jason}}}]
            route: [{destination: {host: s%1$d, subset: v2}}]
          - route:
            - {destination: {host: s%1$d, subset: v1}, weight: 90}
            - {destination: {host: s%1$d, subset: v2}, weight: 10}
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: s%1$d, namespace: n%2$d}
        spec:
          host: s%1$d
          subsets:
          - {name: v1, labels: {version: v1}}
          - {name: v2, labels: {version: v2}}
        """
                .formatted(i, i % 5);
    }

    @Test
    void aChangeMakesAnewOnlyWhatFollowsFromIt() {
        Translator translator = new Translator(TranslationSettings.DEFAULT);
        List<ProxyConfiguration> first =
                timed("the first translation", translator, () -> snapshot(catalog, rules));
        List<ProxyConfiguration> same =
                timed("nothing changed", translator, () -> snapshot(catalog, rules));
        List<ProxyConfiguration> sick =
                timed("one endpoint is unwell", translator, () -> snapshot(oneUnwell(), rules));
        List<ProxyConfiguration> edited =
                timed("one rule is edited", translator, () -> snapshot(catalog, oneEdited()));
        for (int i = 0; i < 2; i++) {
            timed("back again", translator, () -> snapshot(catalog, rules));
            timed("one endpoint, warm", translator, () -> snapshot(oneUnwell(), rules));
            timed("one rule, warm", translator, () -> snapshot(catalog, oneEdited()));
        }

        assertThat(first.getFirst().clusters()).hasSizeGreaterThan(SERVICES);
        assertThat(changes(first, same)).isEmpty();
        assertThat(changes(first, sick))
                .containsExactlyInAnyOrder(
                        "endpoints outbound|8004||s4.n4.svc.cluster.local",
                        "endpoints outbound|8004|v1|s4.n4.svc.cluster.local");
        assertThat(changes(first, edited)).containsExactly("routes 8004");
    }

    // The very object is asked for: an equal one would have been translated again.
    @SuppressWarnings("ReferenceEquality")
    @Test
    void whatDidNotChangeIsTheSameObject() {
        Translator translator = new Translator(TranslationSettings.DEFAULT);
        ProxyConfiguration before =
                translator.translate(snapshot(catalog, rules), proxies.getFirst());
        ProxyConfiguration after =
                translator.translate(snapshot(oneUnwell(), oneEdited()), proxies.getFirst());

        assertThat(
                        before.routes().entrySet().stream()
                                .filter(
                                        entry ->
                                                after.routes().get(entry.getKey())
                                                        != entry.getValue()))
                .as("translated anew, not only found equal")
                .singleElement()
                .extracting(Map.Entry::getKey)
                .isEqualTo("8004");
        assertThat(
                        before.clusters().entrySet().stream()
                                .filter(entry -> entry.getKey().startsWith("outbound"))
                                .filter(
                                        entry ->
                                                after.clusters().get(entry.getKey())
                                                        != entry.getValue()))
                .isEmpty();
    }

    private interface SnapshotSource {
        MeshSnapshot make();
    }

    private static List<ProxyConfiguration> timed(
            String what, Translator translator, SnapshotSource source) {
        long began = System.nanoTime();
        MeshSnapshot snapshot = source.make();
        long indexed = System.nanoTime();
        List<ProxyConfiguration> made =
                proxies.stream().map(proxy -> translator.translate(snapshot, proxy)).toList();
        long done = System.nanoTime();
        System.out.printf(
                "translation of %d services, %d endpoints, %d rules for %d proxies, %s: snapshot %d ms, translation %d ms%n",
                catalog.services().size(),
                catalog.endpoints().size(),
                rules.size(),
                proxies.size(),
                what,
                (indexed - began) / 1_000_000,
                (done - indexed) / 1_000_000);
        return made;
    }

    private static MeshSnapshot snapshot(ServiceCatalog services, List<Resource> resources) {
        Map<ResourceKey, Resource> byKey = new HashMap<>();
        resources.forEach(resource -> byKey.put(resource.key(), resource));
        return new MeshSnapshot(1, byKey, services);
    }

    private static ServiceCatalog oneUnwell() {
        List<Endpoint> endpoints = new ArrayList<>(catalog.endpoints());
        Endpoint well = endpoints.get(20);
        endpoints.set(
                20,
                new Endpoint(
                        well.service(),
                        well.servicePort(),
                        well.address(),
                        well.port(),
                        well.workload(),
                        Health.UNHEALTHY,
                        well.weight()));
        return new ServiceCatalog(catalog.services(), endpoints);
    }

    private static List<Resource> oneEdited() {
        List<Resource> edited = new ArrayList<>(rules);
        Resource old = edited.get(2);
        Resource renewed =
                MeshText.resources(rules(4).replace("weight: 90", "weight: 80")).getFirst();
        edited.set(2, renewed.withMetadata(old.metadata()));
        return edited;
    }

    private static Set<String> changes(
            List<ProxyConfiguration> before, List<ProxyConfiguration> after) {
        Set<String> changed = new TreeSet<>();
        for (int i = 0; i < before.size(); i++) {
            changes("clusters", ProxyConfiguration::clusters, before, after, i, changed);
            changes("endpoints", ProxyConfiguration::endpoints, before, after, i, changed);
            changes("listeners", ProxyConfiguration::listeners, before, after, i, changed);
            changes("routes", ProxyConfiguration::routes, before, after, i, changed);
        }
        return changed;
    }

    private static void changes(
            String type,
            Function<ProxyConfiguration, Map<String, XdsResource>> part,
            List<ProxyConfiguration> before,
            List<ProxyConfiguration> after,
            int proxy,
            Set<String> changed) {
        Map<String, XdsResource> old = part.apply(before.get(proxy));
        Map<String, XdsResource> renewed = part.apply(after.get(proxy));
        assertThat(renewed.keySet()).isEqualTo(old.keySet());
        renewed.forEach(
                (name, resource) -> {
                    if (!resource.equals(old.get(name))) {
                        changed.add(type + " " + name);
                    }
                });
    }
}
