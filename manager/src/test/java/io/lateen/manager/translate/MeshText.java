package io.lateen.manager.translate;

import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.ServiceCatalog;
import io.lateen.manager.snapshot.ServiceEntries;
import io.lateen.model.codec.Decoded;
import io.lateen.model.codec.ResourceCodec;
import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.Metadata;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Meshes written as text. Resources are YAML as users write it, the first the oldest. Services are
 * lines: {@code reviews.default:9080/http v1=127.0.1.3 v2=127.0.1.4!unhealthy}; {@code
 * v1=127.0.1.3@bookinfo-reviews} is a workload whose sidecar has a certificate of that account;
 * {@code v1=127.0.1.3~west/a} one in a locality.
 */
final class MeshText {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final ResourceCodec CODEC = new ResourceCodec();

    private MeshText() {}

    /** The snapshot of services and resources. */
    static MeshSnapshot snapshot(String services, String resources) {
        return snapshot(catalog(services), resources(resources));
    }

    /** The snapshot of a catalog and resources; ServiceEntries add to the catalog. */
    static MeshSnapshot snapshot(ServiceCatalog catalog, List<Resource> resources) {
        ServiceCatalog entries = ServiceEntries.catalog(resources);
        List<Service> services = new ArrayList<>(catalog.services());
        services.addAll(entries.services());
        List<Endpoint> endpoints = new ArrayList<>(catalog.endpoints());
        endpoints.addAll(entries.endpoints());
        Map<ResourceKey, Resource> byKey = new LinkedHashMap<>();
        resources.forEach(resource -> byKey.put(resource.key(), resource));
        return new MeshSnapshot(1, byKey, new ServiceCatalog(services, endpoints));
    }

    /** The resources of a text. A document without a namespace is in {@code default}. */
    static List<Resource> resources(String text) {
        List<Resource> resources = new ArrayList<>();
        for (Decoded decoded : CODEC.decodeAll(text)) {
            switch (decoded) {
                case Decoded.Accepted accepted ->
                        resources.add(stored(accepted.resource(), resources.size()));
                case Decoded.Refused refused ->
                        throw new AssertionError(
                                refused.subject() + " is refused: " + refused.violations());
            }
        }
        return resources;
    }

    /** As the store would hand it out: created in the order of the text, a revision each. */
    private static Resource stored(Resource written, int index) {
        Metadata metadata = written.metadata();
        return written.withMetadata(
                new Metadata(
                        metadata.namespace().isEmpty() ? "default" : metadata.namespace(),
                        metadata.name(),
                        "",
                        index + 1,
                        1,
                        FIRST.plusSeconds(index),
                        metadata.labels(),
                        metadata.annotations()));
    }

    /** The services of a text, one in a line. */
    static ServiceCatalog catalog(String text) {
        List<Service> services = new ArrayList<>();
        List<Endpoint> endpoints = new ArrayList<>();
        text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(line -> add(line, services, endpoints));
        return new ServiceCatalog(services, endpoints);
    }

    private static void add(String line, List<Service> services, List<Endpoint> endpoints) {
        String[] words = line.split("\\s+", -1);
        String[] nameAndPorts = words[0].split(":", -1);
        int dot = nameAndPorts[0].indexOf('.');
        String name = nameAndPorts[0].substring(0, dot);
        String namespace = nameAndPorts[0].substring(dot + 1);
        Hostname host = new Hostname(name + "." + namespace + ".svc.cluster.local");
        List<ServicePort> ports = new ArrayList<>();
        for (String written : nameAndPorts[1].split(",", -1)) {
            ports.add(port(written));
        }
        services.add(
                new Service(
                        host,
                        namespace,
                        name,
                        ports,
                        List.of(),
                        Resolution.STATIC,
                        false,
                        List.of(),
                        List.of(),
                        Map.of(),
                        FIRST,
                        "sidecar"));
        for (int i = 1; i < words.length; i++) {
            for (ServicePort port : ports) {
                endpoints.add(endpoint(host, namespace, name, port, words[i]));
            }
        }
    }

    private static ServicePort port(String written) {
        String[] parts = written.split("/", -1);
        int number = Integer.parseInt(parts[0]);
        Protocol protocol =
                parts.length == 1
                        ? Protocol.UNDECLARED
                        : Protocol.named(parts[1])
                                .orElseThrow(() -> new AssertionError("no protocol " + written));
        return new ServicePort(
                number,
                parts.length == 1 ? "p" + number : parts[1] + "-" + number,
                protocol,
                number);
    }

    private static Endpoint endpoint(
            Hostname host, String namespace, String name, ServicePort port, String written) {
        String[] versionAndPlace = written.split("=", -1);
        String[] placeAndLocality = versionAndPlace[1].split("~", -1);
        String[] placeAndHealth = placeAndLocality[0].split("!", -1);
        String[] addressAndAccount = placeAndHealth[0].split("@", -1);
        String version = versionAndPlace[0];
        Map<String, String> labels = new LinkedHashMap<>(Map.of("app", name, "version", version));
        if (addressAndAccount.length > 1) {
            labels.put(Workload.TLS_MODE, "istio");
        }
        return new Endpoint(
                host,
                port.number(),
                addressAndAccount[0],
                15006,
                port.number(),
                new Workload(
                        name + "-" + version + "-1",
                        namespace,
                        name + "-" + version,
                        addressAndAccount.length > 1 ? addressAndAccount[1] : "default",
                        labels,
                        "Kubernetes",
                        placeAndLocality.length > 1
                                ? Locality.parse(placeAndLocality[1])
                                : Locality.UNKNOWN),
                placeAndHealth.length > 1 ? Health.UNHEALTHY : Health.HEALTHY,
                1);
    }
}
