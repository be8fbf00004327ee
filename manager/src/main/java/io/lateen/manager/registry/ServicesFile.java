package io.lateen.manager.registry;

import io.lateen.manager.snapshot.ServiceCatalog;
import io.lateen.model.naming.Hostname;
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
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads the file of services ({@code docs/reference/services-file.md}). Pure: text in, a catalog or
 * every fault out.
 */
final class ServicesFile {

    /** What reading came to. */
    sealed interface Outcome {

        /** A good file. */
        record Read(ServiceCatalog catalog) implements Outcome {}

        /** A bad one, with every fault in it. */
        record Faulty(List<String> faults) implements Outcome {}
    }

    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final int HIGHEST_PORT = 65_535;
    private static final Set<String> SERVICE_FIELDS =
            Set.of("name", "namespace", "hostname", "addresses", "labels", "ports", "endpoints");
    private static final Set<String> PORT_FIELDS =
            Set.of("number", "name", "protocol", "targetPort");
    private static final Set<String> ENDPOINT_FIELDS =
            Set.of(
                    "address",
                    "ports",
                    "labels",
                    "name",
                    "workload",
                    "serviceAccount",
                    "locality",
                    "weight",
                    "healthy");

    private final String origin;
    private final String domain;
    private final List<String> faults = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();
    private final List<Endpoint> endpoints = new ArrayList<>();

    private ServicesFile(String origin, String domain) {
        this.origin = origin;
        this.domain = domain;
    }

    /** Reads {@code text}; {@code origin} names the file in what it declares. */
    static Outcome read(String text, String origin, String domain) {
        ServicesFile file = new ServicesFile(origin, domain);
        try {
            file.document(YAML.readTree(text));
        } catch (JacksonException e) {
            return new Outcome.Faulty(
                    List.of(
                            "line "
                                    + e.getLocation().getLineNr()
                                    + ": found no YAML: "
                                    + e.getOriginalMessage()));
        }
        return file.faults.isEmpty()
                ? new Outcome.Read(new ServiceCatalog(file.services, file.endpoints))
                : new Outcome.Faulty(List.copyOf(file.faults));
    }

    private void document(JsonNode root) {
        if (!root.path("services").isArray()) {
            faults.add("services: found nothing, expected a list of services");
            return;
        }
        fields(root, "", Set.of("services"));
        int index = 0;
        for (JsonNode service : root.path("services")) {
            service(service, "services[" + index++ + "]");
        }
    }

    private void service(JsonNode node, String path) {
        fields(node, path, SERVICE_FIELDS);
        String name = text(node, path, "name", "");
        String namespace = text(node, path, "namespace", "default");
        if (name.isEmpty()) {
            faults.add(path + ".name: found nothing, expected the service's short name");
            return;
        }
        Hostname host =
                new Hostname(
                        text(node, path, "hostname", name + "." + namespace + ".svc." + domain));
        Map<String, ServicePort> ports = new LinkedHashMap<>();
        int index = 0;
        for (JsonNode port : node.path("ports")) {
            port(port, path + ".ports[" + index++ + "]", ports);
        }
        if (ports.isEmpty()) {
            faults.add(path + ".ports: found none, expected at least one");
        }
        services.add(
                new Service(
                        host,
                        namespace,
                        name,
                        List.copyOf(ports.values()),
                        words(node, path, "addresses"),
                        Resolution.STATIC,
                        false,
                        List.of(),
                        List.of(),
                        labels(node, path),
                        Instant.EPOCH,
                        origin));
        index = 0;
        for (JsonNode endpoint : node.path("endpoints")) {
            endpoint(endpoint, path + ".endpoints[" + index++ + "]", host, namespace, name, ports);
        }
    }

    private void port(JsonNode node, String path, Map<String, ServicePort> ports) {
        fields(node, path, PORT_FIELDS);
        int number = number(node, path, "number", 0, HIGHEST_PORT);
        String name = text(node, path, "name", "port-" + number);
        String declared = text(node, path, "protocol", "");
        Protocol protocol = Protocol.of(name, null, number);
        if (!declared.isEmpty()) {
            Optional<Protocol> known = Protocol.named(declared);
            if (known.isEmpty()) {
                faults.add(
                        path
                                + ".protocol: found \""
                                + declared
                                + "\", expected HTTP, HTTP2, GRPC, HTTPS, TLS or TCP");
            }
            protocol = known.orElse(protocol);
        }
        int target = number(node, path, "targetPort", number, HIGHEST_PORT);
        if (ports.putIfAbsent(name, new ServicePort(number, name, protocol, target)) != null) {
            faults.add(path + ".name: found \"" + name + "\" twice, expected a name of its own");
        }
    }

    private void endpoint(
            JsonNode node,
            String path,
            Hostname host,
            String namespace,
            String service,
            Map<String, ServicePort> ports) {
        fields(node, path, ENDPOINT_FIELDS);
        String address = text(node, path, "address", "");
        if (address.isEmpty()) {
            faults.add(path + ".address: found nothing, expected an IP address");
        }
        String workload = text(node, path, "workload", service);
        Workload running =
                new Workload(
                        text(node, path, "name", workload + "-" + address),
                        namespace,
                        workload,
                        text(node, path, "serviceAccount", ""),
                        labels(node, path),
                        "Kubernetes",
                        Locality.parse(text(node, path, "locality", "")));
        int weight = number(node, path, "weight", 1, Integer.MAX_VALUE);
        Health health = node.path("healthy").asBoolean(true) ? Health.HEALTHY : Health.UNHEALTHY;
        JsonNode own = node.path("ports");
        own.propertyNames()
                .forEach(
                        name -> {
                            if (!ports.containsKey(name)) {
                                faults.add(
                                        path
                                                + ".ports: found \""
                                                + name
                                                + "\", expected one of "
                                                + ports.keySet());
                            }
                        });
        ports.forEach(
                (name, port) ->
                        endpoints.add(
                                new Endpoint(
                                        host,
                                        port.number(),
                                        address,
                                        number(
                                                own,
                                                path + ".ports",
                                                name,
                                                port.targetPort(),
                                                HIGHEST_PORT),
                                        running,
                                        health,
                                        weight)));
    }

    private void fields(JsonNode node, String path, Set<String> known) {
        if (!node.isObject()) {
            faults.add(path + ": found " + node.getNodeType() + ", expected an object");
            return;
        }
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                faults.add(
                        (path.isEmpty() ? name : path + "." + name)
                                + ": found an unknown field, expected one of "
                                + known.stream().sorted().toList());
            }
        }
    }

    private String text(JsonNode node, String path, String name, String otherwise) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isString() && !value.isNumber()) {
            faults.add(path + "." + name + ": found " + value + ", expected text");
            return otherwise;
        }
        return value.asString();
    }

    private int number(JsonNode node, String path, String name, int otherwise, int highest) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() && otherwise > 0) {
            return otherwise;
        }
        if (!value.isInt() || value.asInt() < 1 || value.asInt() > highest) {
            faults.add(
                    path
                            + "."
                            + name
                            + ": found "
                            + (value.isMissingNode() ? "nothing" : value.toString())
                            + ", expected 1.."
                            + highest);
            return 1;
        }
        return value.asInt();
    }

    private List<String> words(JsonNode node, String path, String name) {
        List<String> words = new ArrayList<>();
        for (JsonNode word : node.path(name)) {
            if (word.isString()) {
                words.add(word.asString());
            } else {
                faults.add(path + "." + name + ": found " + word + ", expected text");
            }
        }
        return words;
    }

    private Map<String, String> labels(JsonNode node, String path) {
        Map<String, String> labels = new LinkedHashMap<>();
        JsonNode given = node.path("labels");
        for (String key : given.propertyNames()) {
            labels.put(key, text(given, path + ".labels", key, ""));
        }
        return labels;
    }
}
