package io.lateen.manager.ads;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.model.identity.SpiffeId;
import io.lateen.model.naming.NodeId;
import io.lateen.model.service.Locality;
import io.lateen.model.service.Protocol;
import io.lateen.model.service.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a proxy from the node of its first request ({@code docs/reference/xds.md}, The node). */
final class NodeReader {

    private static final int HIGHEST_PORT = 65_535;

    private NodeReader() {}

    /** What a node turned out to be. */
    sealed interface Read {

        /** A proxy that can be served. */
        record Accepted(Proxy proxy, String version, Instant started) implements Read {}

        /** Something else; {@code message} says what was expected. */
        record Refused(String message) implements Read {}

        /** Somebody else's node than the certificate's; {@code message} says whose. */
        record Foreign(String message) implements Read {}
    }

    /**
     * Reads a node.
     *
     * @param certificate who sent it by its certificate; empty where nothing proves it
     */
    static Read read(Node node, Optional<SpiffeId> certificate) {
        Read read = read(node);
        return read instanceof Read.Accepted accepted && certificate.isPresent()
                ? OwnNode.check(accepted, certificate.get())
                : read;
    }

    static Read read(Node node) {
        Optional<NodeId> parsed = NodeId.parse(node.getId());
        if (parsed.isEmpty()) {
            return new Read.Refused(
                    "node.id: found \""
                            + node.getId()
                            + "\", expected <sidecar|router>~<ip>~<name>.<namespace>~<namespace>"
                            + ".svc.<domain> in the first request of the stream; set it in the"
                            + " proxy's bootstrap");
        }
        NodeId id = parsed.get();
        Map<String, Value> metadata = node.getMetadata().getFieldsMap();
        List<String> problems = new ArrayList<>();
        List<ServedPort> served = servedPorts(metadata, id, problems);
        if (!problems.isEmpty()) {
            return new Read.Refused(String.join("; ", problems));
        }
        Map<String, String> words = words(metadata);
        String namespace = words.getOrDefault("NAMESPACE", id.namespace());
        Workload workload =
                new Workload(
                        words.getOrDefault("NAME", id.name()),
                        namespace,
                        words.getOrDefault("WORKLOAD_NAME", id.name()),
                        words.getOrDefault("SERVICE_ACCOUNT", ""),
                        labels(metadata),
                        words.getOrDefault("CLUSTER_ID", "Kubernetes"),
                        new Locality(
                                node.getLocality().getRegion(),
                                node.getLocality().getZone(),
                                node.getLocality().getSubZone()));
        String address = firstOf(words.getOrDefault("INSTANCE_IPS", id.address()));
        Proxy proxy = new Proxy(id, id.type(), address, workload, id.domain(), served, words);
        return new Read.Accepted(proxy, version(node), started(metadata));
    }

    private static List<ServedPort> servedPorts(
            Map<String, Value> metadata, NodeId id, List<String> problems) {
        List<ServedPort> served = new ArrayList<>();
        Value list = metadata.getOrDefault("LATEEN_SERVICES", Value.getDefaultInstance());
        int index = 0;
        for (Value entry : list.getListValue().getValuesList()) {
            String path = "node.metadata.LATEEN_SERVICES[" + index++ + "]";
            Struct fields = entry.getStructValue();
            String service = text(fields, "service", "");
            if (service.isEmpty()) {
                problems.add(path + ".service: found nothing, expected the service's name");
            }
            int port = port(fields, "port", path, problems);
            String name = text(fields, "name", "");
            served.add(
                    new ServedPort(
                            service,
                            text(fields, "namespace", id.namespace()),
                            port,
                            name,
                            protocol(fields, name, port, path, problems),
                            port(fields, "inboundPort", path, problems),
                            text(fields, "appAddress", id.address()),
                            port(fields, "appPort", path, problems)));
        }
        return served;
    }

    private static Protocol protocol(
            Struct fields, String name, int port, String path, List<String> problems) {
        String declared = text(fields, "protocol", "");
        if (declared.isEmpty()) {
            return Protocol.of(name, null, port);
        }
        Optional<Protocol> named = Protocol.named(declared);
        if (named.isEmpty()) {
            problems.add(
                    path
                            + ".protocol: found \""
                            + declared
                            + "\", expected HTTP, HTTP2, GRPC, TCP, TLS or another of Istio's, or"
                            + " nothing, so that it is sniffed");
        }
        return named.orElse(Protocol.UNDECLARED);
    }

    private static int port(Struct fields, String key, String path, List<String> problems) {
        Value value = fields.getFieldsOrDefault(key, Value.getDefaultInstance());
        double number = value.getNumberValue();
        if (number != Math.rint(number) || number < 1 || number > HIGHEST_PORT) {
            problems.add(
                    path + "." + key + ": found " + word(value) + ", expected 1.." + HIGHEST_PORT);
            return 0;
        }
        return (int) number;
    }

    private static Map<String, String> labels(Map<String, Value> metadata) {
        Map<String, String> labels = new HashMap<>();
        metadata.getOrDefault("LABELS", Value.getDefaultInstance())
                .getStructValue()
                .getFieldsMap()
                .forEach((key, value) -> labels.put(key, word(value)));
        return labels;
    }

    private static Map<String, String> words(Map<String, Value> metadata) {
        Map<String, String> words = new HashMap<>();
        metadata.forEach(
                (key, value) -> {
                    String word = word(value);
                    if (!word.isEmpty()) {
                        words.put(key, word);
                    }
                });
        // Differs at every start of the proxy: with it two starts would never have equal proxies.
        words.remove("LATEEN_STARTED");
        return words;
    }

    private static String text(Struct fields, String key, String otherwise) {
        String found = word(fields.getFieldsOrDefault(key, Value.getDefaultInstance()));
        return found.isEmpty() ? otherwise : found;
    }

    private static String word(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case NUMBER_VALUE -> {
                double number = value.getNumberValue();
                yield number == Math.rint(number)
                        ? Long.toString((long) number)
                        : Double.toString(number);
            }
            case STRUCT_VALUE, LIST_VALUE, NULL_VALUE, KIND_NOT_SET -> "";
        };
    }

    private static Instant started(Map<String, Value> metadata) {
        Value value = metadata.getOrDefault("LATEEN_STARTED", Value.getDefaultInstance());
        String word = word(value);
        try {
            return word.isEmpty() ? Instant.EPOCH : Instant.ofEpochMilli(Long.parseLong(word));
        } catch (NumberFormatException e) {
            // Only told apart by it: one that says nonsense is as old as one that says nothing.
            return Instant.EPOCH;
        }
    }

    private static String version(Node node) {
        String version = node.getUserAgentVersion();
        return version.isEmpty()
                ? node.getUserAgentName()
                : node.getUserAgentName() + " " + version;
    }

    private static String firstOf(String addresses) {
        int comma = addresses.indexOf(',');
        return (comma < 0 ? addresses : addresses.substring(0, comma)).strip();
    }
}
