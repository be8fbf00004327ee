package io.lateen.e2e.admission;

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
import io.lateen.manager.translate.cluster.MixerAddress;
import io.lateen.model.codec.Decoded;
import io.lateen.model.codec.ResourceCodec;
import io.lateen.model.naming.Hostname;
import io.lateen.model.naming.NodeId;
import io.lateen.model.naming.ProxyType;
import io.lateen.model.resource.Kind;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.ResourceKey;
import io.lateen.model.schema.KindSchema;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Health;
import io.lateen.model.service.Locality;
import io.lateen.model.service.Protocol;
import io.lateen.model.service.Resolution;
import io.lateen.model.service.Service;
import io.lateen.model.service.ServicePort;
import io.lateen.model.service.Workload;
import io.lateen.sidecar.ads.ConfigurationUpdate;
import io.lateen.sidecar.ads.Rejection;
import io.lateen.sidecar.ads.ResourceType;
import io.lateen.sidecar.plan.PlanCompiler;
import io.lateen.testkit.property.Property;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Whatever the manager accepts from a user, the translator's xDS for it is taken by a sidecar. */
class AcceptedRulesTest {

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final ResourceCodec codec = new ResourceCodec();
    private final Translator translator =
            new Translator(
                    TranslationSettings.DEFAULT.reportingTo(
                            new MixerAddress("127.0.0.1", 9091, true)));

    /** How many documents of a kind are accepted at least, or the test says nothing about it. */
    private static final int MANY = 25;

    /** Of a kind that needs most of its fields: chance seldom finds them all. */
    private static final int FEW = 5;

    @Test
    void areTakenBySidecarsAndRouters() {
        Map<Kind, Integer> accepted = new EnumMap<>(Kind.class);
        Map<String, String> rejections = new TreeMap<>();
        Property.forAll(
                150,
                random -> {
                    List<Resource> resources = new ArrayList<>();
                    for (Kind kind : Kind.values()) {
                        accepted(kind, random)
                                .ifPresent(
                                        resource -> {
                                            resources.add(resource);
                                            accepted.merge(kind, 1, Integer::sum);
                                        });
                    }
                    MeshSnapshot snapshot = snapshot(resources);
                    for (Proxy proxy : List.of(proxy(ProxyType.SIDECAR), proxy(ProxyType.ROUTER))) {
                        for (Rejection rejection :
                                rejections(translator.translate(snapshot, proxy))) {
                            rejections.putIfAbsent(
                                    rejection
                                            .reason()
                                            .replaceAll("\\[[^\\]]*\\]|'[^']*'|\\d+", "#"),
                                    rejection.message()
                                            + " of "
                                            + resources.stream().map(codec::encode).toList());
                        }
                    }
                });

        assertThat(rejections.keySet()).as("first of each: %s", rejections).isEmpty();
        assertThat(accepted).hasSize(Kind.values().length);
        accepted.forEach(
                (kind, count) ->
                        assertThat(count)
                                .as("accepted of %s", kind)
                                .isGreaterThan(kind == Kind.RATE_LIMIT ? FEW : MANY));
    }

    /** A random document with its faults taken away one by one. */
    private Optional<Resource> accepted(Kind kind, SplittableRandom random) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", kind.apiVersion());
        document.put("kind", kind.kindName());
        document.put("metadata", Map.of("name", "edge", "namespace", "default"));
        document.put("spec", new RandomDocuments(random).draw(KindSchema.spec(kind), ""));
        for (int i = 0; i < 120; i++) {
            switch (codec.decode(mapper.valueToTree(document))) {
                case Decoded.Accepted good -> {
                    return Optional.of(good.resource());
                }
                case Decoded.Refused bad -> {
                    String path = bad.violations().getFirst().path();
                    if (!path.startsWith("spec.")) {
                        return Optional.empty();
                    }
                    RandomDocuments.prune(document, path);
                }
            }
        }
        return Optional.empty();
    }

    private static List<Rejection> rejections(ProxyConfiguration configuration) {
        PlanCompiler compiler = new PlanCompiler(List.of());
        List<Rejection> rejections = new ArrayList<>();
        rejections.addAll(compiler.accept(update(ResourceType.CLUSTERS, configuration.clusters())));
        rejections.addAll(
                compiler.accept(update(ResourceType.ENDPOINTS, configuration.endpoints())));
        rejections.addAll(
                compiler.accept(update(ResourceType.LISTENERS, configuration.listeners())));
        rejections.addAll(compiler.accept(update(ResourceType.ROUTES, configuration.routes())));
        return rejections;
    }

    private static ConfigurationUpdate update(ResourceType type, Map<String, XdsResource> sent) {
        return new ConfigurationUpdate(
                type,
                1,
                sent.values().stream()
                        .map(
                                resource ->
                                        new io.lateen.sidecar.ads.XdsResource(
                                                resource.name(),
                                                resource.version(),
                                                resource.body()))
                        .toList(),
                List.of());
    }

    private static MeshSnapshot snapshot(List<Resource> resources) {
        ServiceCatalog entries = ServiceEntries.catalog(resources);
        List<Service> services = new ArrayList<>(entries.services());
        List<Endpoint> endpoints = new ArrayList<>(entries.endpoints());
        for (String name : List.of("reviews", "ratings")) {
            Hostname host = new Hostname(name + ".default.svc.cluster.local");
            List<ServicePort> ports =
                    List.of(
                            new ServicePort(9080, "http", Protocol.HTTP, 9080),
                            new ServicePort(9000, "tcp", Protocol.TCP, 9000),
                            new ServicePort(80, "any", Protocol.UNDECLARED, 80));
            services.add(
                    new Service(
                            host,
                            "default",
                            name,
                            ports,
                            List.of(),
                            Resolution.STATIC,
                            false,
                            List.of(),
                            List.of(),
                            Map.of(),
                            THEN,
                            "test"));
            for (ServicePort port : ports) {
                endpoints.add(
                        new Endpoint(
                                host,
                                port.number(),
                                "127.0.1.4",
                                15006,
                                workload(name),
                                Health.HEALTHY,
                                1));
            }
        }
        Map<ResourceKey, Resource> byKey = new LinkedHashMap<>();
        resources.forEach(resource -> byKey.put(resource.key(), resource));
        return new MeshSnapshot(1, byKey, new ServiceCatalog(services, endpoints));
    }

    private static Proxy proxy(ProxyType type) {
        String address = "127.0.1.1";
        return new Proxy(
                new NodeId(type, address, "a-1", "default", "cluster.local"),
                type,
                address,
                workload("a"),
                "cluster.local",
                type == ProxyType.ROUTER
                        ? List.of()
                        : List.of(
                                new ServedPort(
                                        "a",
                                        "default",
                                        9080,
                                        "http",
                                        Protocol.HTTP,
                                        15006,
                                        address,
                                        9080)),
                Map.of("INTERCEPTION_MODE", "NONE"));
    }

    private static Workload workload(String app) {
        return new Workload(
                app + "-1",
                "default",
                app,
                "default",
                Map.of("app", app, "version", "v1", Workload.TLS_MODE, "istio"),
                "Kubernetes",
                Locality.UNKNOWN);
    }
}
