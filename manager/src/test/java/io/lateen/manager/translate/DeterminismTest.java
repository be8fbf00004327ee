package io.lateen.manager.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.snapshot.ServiceCatalog;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.ResourceKey;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Service;
import io.lateen.testkit.property.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The same mesh gives the same bytes, however it was handed in and whatever came before. */
final class DeterminismTest {

    private static final String SERVICES =
            """
            productpage.default:9080/http v1=127.0.1.1
            reviews.default:9080/http v1=127.0.1.3 v2=127.0.1.4 v3=127.0.1.5
            ratings.default:9080/http v1=127.0.1.6
            tcp-echo.default:9000/tcp v1=127.0.1.7 v2=127.0.1.8
            sniffed.default:7000 v1=127.0.1.9
            """;

    private static final List<Proxy> PROXIES =
            List.of(Proxies.productpage(), Proxies.ingress(), Proxies.grpcClient());

    @Test
    void theOrderOfTheInputDoesNotMatter() {
        Property.forAll(
                40,
                random -> {
                    List<Resource> resources = someRules(random.nextLong());
                    MeshSnapshot one = MeshText.snapshot(MeshText.catalog(SERVICES), resources);
                    MeshSnapshot other = shuffled(one, new Random(random.nextLong()));

                    for (Proxy proxy : PROXIES) {
                        assertThat(Decisions.translate(other, proxy))
                                .isEqualTo(Decisions.translate(one, proxy));
                    }
                });
    }

    @Test
    void whatWasTranslatedBeforeDoesNotMatter() {
        Translator remembering = new Translator(TranslationSettings.DEFAULT);
        Property.forAll(
                40,
                random -> {
                    MeshSnapshot snapshot =
                            MeshText.snapshot(
                                    MeshText.catalog(SERVICES), someRules(random.nextLong()));

                    for (Proxy proxy : PROXIES) {
                        assertThat(remembering.translate(snapshot, proxy))
                                .isEqualTo(Decisions.translate(snapshot, proxy));
                    }
                });
    }

    @Test
    void anUnrelatedServiceChangesNothingButWhatIsItsOwn() {
        Property.forAll(
                40,
                random -> {
                    List<Resource> resources = someRules(random.nextLong());
                    MeshSnapshot before = MeshText.snapshot(MeshText.catalog(SERVICES), resources);
                    MeshSnapshot after =
                            MeshText.snapshot(
                                    MeshText.catalog(
                                            SERVICES
                                                    + "unrelated.default:%d/http v1=127.0.9.9\n"
                                                            .formatted(random.nextInt(81, 9000))),
                                    resources);

                    for (Proxy proxy : PROXIES) {
                        ProxyConfiguration old = Decisions.translate(before, proxy);
                        ProxyConfiguration renewed = Decisions.translate(after, proxy);
                        assertThat(renewed.clusters()).containsAllEntriesOf(old.clusters());
                        assertThat(renewed.endpoints()).containsAllEntriesOf(old.endpoints());
                        assertThat(renewed.listeners()).containsAllEntriesOf(old.listeners());
                        assertThat(renewed.routes()).containsAllEntriesOf(old.routes());
                        assertThat(renewed.clusters())
                                .as("and it does add something")
                                .hasSizeGreaterThan(old.clusters().size());
                    }
                });
    }

    /** Some of the goldens' resources, no two of one name. */
    private static List<Resource> someRules(long seed) throws IOException {
        List<Path> files;
        try (var all = Files.list(Path.of("src/test/resources/translate"))) {
            files =
                    new ArrayList<>(
                            all.filter(file -> file.toString().endsWith(".yaml"))
                                    .sorted()
                                    .toList());
        }
        Collections.shuffle(files, new Random(seed));
        StringBuilder text = new StringBuilder();
        for (Path file : files.subList(0, 6)) {
            text.append("---\n").append(Files.readString(file)).append('\n');
        }
        Map<ResourceKey, Resource> byKey = new LinkedHashMap<>();
        MeshText.resources(text.toString())
                .forEach(resource -> byKey.putIfAbsent(resource.key(), resource));
        return List.copyOf(byKey.values());
    }

    private static MeshSnapshot shuffled(MeshSnapshot snapshot, Random random) {
        List<Resource> resources = new ArrayList<>(snapshot.resources().values());
        Collections.shuffle(resources, random);
        Map<ResourceKey, Resource> byKey = new LinkedHashMap<>();
        resources.forEach(resource -> byKey.put(resource.key(), resource));
        List<Service> services = new ArrayList<>(snapshot.services().services());
        Collections.shuffle(services, random);
        List<Endpoint> endpoints = new ArrayList<>(snapshot.services().endpoints());
        Collections.shuffle(endpoints, random);
        return new MeshSnapshot(1, byKey, new ServiceCatalog(services, endpoints));
    }
}
