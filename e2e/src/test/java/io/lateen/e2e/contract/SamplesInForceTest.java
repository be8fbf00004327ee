package io.lateen.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.manager.snapshot.ServiceCatalog;
import io.lateen.manager.snapshot.ServiceEntries;
import io.lateen.manager.translate.ProxyConfiguration;
import io.lateen.manager.translate.TranslationSettings;
import io.lateen.manager.translate.Translator;
import io.lateen.manager.translate.XdsResource;
import io.lateen.model.codec.Decoded;
import io.lateen.model.codec.ResourceCodec;
import io.lateen.model.naming.Hostname;
import io.lateen.model.naming.NodeId;
import io.lateen.model.naming.ProxyType;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.ResourceKey;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Health;
import io.lateen.model.service.Locality;
import io.lateen.model.service.Protocol;
import io.lateen.model.service.Resolution;
import io.lateen.model.service.Service;
import io.lateen.model.service.ServicePort;
import io.lateen.model.service.Workload;
import io.lateen.sidecar.ads.ConfigurationUpdate;
import io.lateen.sidecar.ads.ResourceType;
import io.lateen.sidecar.plan.PlanCompiler;
import io.lateen.testkit.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever is accepted at the door comes into force: nothing that the manager makes of it is
 * refused by a sidecar, a router, or missing there.
 */
final class SamplesInForceTest {

    private static final ResourceCodec CODEC = new ResourceCodec();
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private static final List<Proxy> PROXIES =
            List.of(
                    proxy(
                            ProxyType.SIDECAR,
                            "productpage",
                            Map.of("app", "productpage", "version", "v1"),
                            List.of(
                                    served("productpage", Protocol.HTTP, 15006),
                                    served("chat", Protocol.TCP, 15016),
                                    served("either", Protocol.UNDECLARED, 15026))),
                    proxy(
                            ProxyType.ROUTER,
                            "istio-ingressgateway",
                            Map.of("istio", "ingressgateway", "app", "istio-ingressgateway"),
                            List.of()));

    @Test
    void aMeshWithoutRulesComesIntoForce() {
        inForce(List.of());
    }

    @TestFactory
    Stream<DynamicTest> everySampleComesIntoForce() {
        List<Path> files = Corpus.files("samples", ".yaml");
        assertThat(files).as("samples of the corpus").hasSizeGreaterThan(20);
        return files.stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.getFileName().toString(),
                                        () -> inForce(accepted(read(file)))));
    }

    @TestFactory
    Stream<DynamicTest> everyGoldensInputComesIntoForce() throws IOException {
        Path goldens = Path.of("../manager/src/test/resources/translate");
        List<Path> files;
        try (Stream<Path> all = Files.list(goldens)) {
            files = all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
        assertThat(files).as("inputs of goldens").hasSizeGreaterThan(20);
        return files.stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        file.getFileName().toString(),
                                        () -> inForce(accepted(read(file)))));
    }

    private static void inForce(List<Resource> resources) {
        MeshSnapshot snapshot = snapshot(resources);
        for (Proxy proxy : PROXIES) {
            ProxyConfiguration configuration =
                    new Translator(TranslationSettings.DEFAULT).translate(snapshot, proxy);
            PlanCompiler compiler = new PlanCompiler(List.of());
            for (ResourceType type : ResourceType.values()) {
                assertThat(compiler.accept(update(type, configuration)))
                        .as("%s refuses %s", proxy.id(), type)
                        .isEmpty();
            }
            assertThat(compiler.missing()).as("%s lacks", proxy.id()).isEmpty();
            assertThat(compiler.plan(1).sockets()).hasSameSizeAs(bound(proxy, configuration));
        }
    }

    /** What a proxy has to open: its own listeners, or a router's doors. */
    private static Collection<String> bound(Proxy proxy, ProxyConfiguration configuration) {
        return switch (proxy.type()) {
            case SIDECAR ->
                    List.of("virtualOutbound", "virtualInbound", "inbound TCP", "inbound sniffed");
            case ROUTER -> configuration.listeners().keySet();
        };
    }

    private static ConfigurationUpdate update(ResourceType type, ProxyConfiguration configuration) {
        Map<String, XdsResource> resources =
                switch (type) {
                    case CLUSTERS -> configuration.clusters();
                    case ENDPOINTS -> configuration.endpoints();
                    case LISTENERS -> configuration.listeners();
                    case ROUTES -> configuration.routes();
                };
        return new ConfigurationUpdate(
                type,
                1,
                resources.values().stream()
                        .map(
                                made ->
                                        new io.lateen.sidecar.ads.XdsResource(
                                                made.name(), made.version(), made.body()))
                        .toList(),
                List.of());
    }

    /** What is refused at the door is another test's business. */
    private static List<Resource> accepted(String text) {
        List<Resource> resources = new ArrayList<>();
        for (Decoded decoded : CODEC.decodeAll(text)) {
            if (decoded instanceof Decoded.Accepted accepted) {
                Resource resource = accepted.resource();
                resources.add(
                        resource.metadata().namespace().isEmpty()
                                ? resource.withMetadata(
                                        resource.metadata().withNamespace("default"))
                                : resource);
            }
        }
        return resources;
    }

    private static MeshSnapshot snapshot(List<Resource> resources) {
        List<Service> services = new ArrayList<>();
        List<Endpoint> endpoints = new ArrayList<>();
        int address = 1;
        for (String name : List.of("productpage", "details", "reviews", "ratings", "httpbin")) {
            add(name, Protocol.HTTP, 9080, address++, services, endpoints);
        }
        add("tcp-echo", Protocol.TCP, 9000, address++, services, endpoints);
        add("either", Protocol.UNDECLARED, 7000, address++, services, endpoints);
        add("echo", Protocol.GRPC, 7070, address, services, endpoints);
        ServiceCatalog entries = ServiceEntries.catalog(resources);
        services.addAll(entries.services());
        endpoints.addAll(entries.endpoints());
        Map<ResourceKey, Resource> byKey = new LinkedHashMap<>();
        resources.forEach(resource -> byKey.put(resource.key(), resource));
        return new MeshSnapshot(1, byKey, new ServiceCatalog(services, endpoints));
    }

    private static void add(
            String name,
            Protocol protocol,
            int port,
            int address,
            List<Service> services,
            List<Endpoint> endpoints) {
        Hostname host = new Hostname(name + ".default.svc.cluster.local");
        services.add(
                new Service(
                        host,
                        "default",
                        name,
                        List.of(new ServicePort(port, "p" + port, protocol, port)),
                        List.of(),
                        Resolution.STATIC,
                        false,
                        List.of(),
                        List.of(),
                        Map.of(),
                        CREATED,
                        "sidecar"));
        for (String version : List.of("v1", "v2", "v3")) {
            endpoints.add(
                    new Endpoint(
                            host,
                            port,
                            "127.1." + address + "." + version.charAt(1),
                            15006,
                            workload(name + "-" + version, Map.of("app", name, "version", version)),
                            Health.HEALTHY,
                            1));
        }
    }

    private static ServedPort served(String service, Protocol protocol, int inboundPort) {
        return new ServedPort(
                service, "default", 9080, "", protocol, inboundPort, "127.0.0.1", inboundPort + 1);
    }

    private static Proxy proxy(
            ProxyType type, String app, Map<String, String> labels, List<ServedPort> served) {
        String address = "127.1.0.1";
        return new Proxy(
                new NodeId(type, address, app + "-1", "default", "cluster.local"),
                type,
                address,
                workload(app, labels),
                "cluster.local",
                served,
                Map.of("INTERCEPTION_MODE", "NONE"));
    }

    private static Workload workload(String name, Map<String, String> labels) {
        return new Workload(
                name + "-1", "default", name, "default", labels, "Kubernetes", Locality.UNKNOWN);
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }
}
