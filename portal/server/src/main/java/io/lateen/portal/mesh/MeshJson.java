package io.lateen.portal.mesh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the backends' answers. What is missing in one is empty, never an error: they may be older.
 */
final class MeshJson {
    private static final Set<String> NOT_YET = Set.of("STALE", "NACKED");

    private MeshJson() {}

    /** {@code GET /lateen/v1/proxies} of the manager. */
    static List<Proxy> proxies(JsonNode answer) {
        return list(answer, MeshJson::proxy);
    }

    private static Proxy proxy(JsonNode at) {
        boolean waiting = false;
        boolean refuses = false;
        for (JsonNode type : at.path("types").values()) {
            String status = type.path("status").asString("");
            waiting |= NOT_YET.contains(status);
            refuses |= status.equals("NACKED");
        }
        Instant since = instant(at.path("inForceAt"));
        JsonNode nack = at.path("lastNack");
        return new Proxy(
                text(at, "node"),
                text(at, "name"),
                text(at, "namespace"),
                text(at, "workload"),
                at.path("healthy").asBoolean(true),
                text(at, "healthMessage"),
                at.path("inForceRevision").asLong(0),
                since,
                since != null && !waiting && !at.path("leaving").asBoolean(false),
                refuses ? nack.path("message").asString("") : null);
    }

    /** {@code GET /lateen/v1/services} of the manager. */
    static List<MeshService> services(JsonNode answer) {
        return list(
                answer,
                at ->
                        new MeshService(
                                text(at, "hostname"),
                                text(at, "namespace"),
                                text(at, "name"),
                                at.path("meshExternal").asBoolean(false),
                                list(
                                        at.path("ports"),
                                        port ->
                                                new MeshService.Port(
                                                        port.path("number").asInt(0),
                                                        text(port, "name"),
                                                        text(port, "protocol"))),
                                list(at.path("endpoints"), MeshJson::endpoint)));
    }

    private static MeshService.Endpoint endpoint(JsonNode at) {
        Map<String, String> labels = new HashMap<>();
        at.path("labels").forEachEntry((name, value) -> labels.put(name, value.asString("")));
        return new MeshService.Endpoint(
                at.path("servicePort").asInt(0),
                text(at, "workload"),
                text(at, "name"),
                !at.path("health").asString("").equals("UNHEALTHY"),
                Map.copyOf(labels));
    }

    /** {@code GET /lateen/v1/graph} of the mixer. */
    static Traffic traffic(JsonNode answer) {
        Instant asOf = instant(answer.path("asOf"));
        return new Traffic(
                asOf == null ? Instant.EPOCH : asOf,
                text(answer, "window"),
                list(
                        answer.path("nodes"),
                        at ->
                                new Traffic.Node(
                                        text(at, "id"),
                                        kind(text(at, "kind")),
                                        some(at, "namespace"),
                                        some(at, "workload"),
                                        some(at, "service"),
                                        some(at, "version"))),
                list(answer.path("edges"), MeshJson::edge),
                answer.path("dropped").asLong(0),
                some(answer, "missing"));
    }

    private static TrafficEdge edge(JsonNode at) {
        Map<String, Long> codes = new HashMap<>();
        at.path("codes").forEachEntry((code, count) -> codes.put(code, count.asLong(0)));
        return new TrafficEdge(
                text(at, "id"),
                text(at, "source"),
                text(at, "target"),
                some(at, "service"),
                text(at, "protocol"),
                at.path("requests").asLong(0),
                at.path("requestsPerSecond").asDouble(0),
                at.path("errorRate").asDouble(0),
                codes,
                number(at, "p50"),
                number(at, "p95"),
                number(at, "p99"),
                mutualTls(text(at, "mtls")),
                at.path("bytesSentPerSecond").asDouble(0),
                at.path("bytesReceivedPerSecond").asDouble(0));
    }

    /** A Kubernetes list of rules. */
    static List<Rule> rules(JsonNode answer) {
        return list(
                answer.path("items"),
                at ->
                        new Rule(
                                text(at.path("metadata"), "namespace"),
                                text(at.path("metadata"), "name"),
                                at.path("spec")));
    }

    /** {@code GET /lateen/v1/history} of the manager. */
    static List<Write> writes(JsonNode answer) {
        return list(
                answer.path("items"),
                at -> {
                    Instant when = instant(at.path("at"));
                    return new Write(
                            at.path("revision").asLong(0),
                            when == null ? Instant.EPOCH : when,
                            text(at, "actor"),
                            text(at, "action"),
                            text(at, "kind"),
                            text(at, "namespace"),
                            text(at, "name"));
                });
    }

    /** {@code GET /lateen/v1/certificates} of the auth-ca. */
    static List<Certificate> certificates(JsonNode answer) {
        JsonNode items = answer.isArray() ? answer : answer.path("items");
        return list(
                items,
                at -> {
                    Instant begin = instant(at.path("notBefore"));
                    Instant end = instant(at.path("notAfter"));
                    return new Certificate(
                            text(at, "identity"),
                            text(at, "serial"),
                            begin == null ? Instant.EPOCH : begin,
                            end == null ? Instant.EPOCH : end);
                });
    }

    private static NodeKind kind(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "workload" -> NodeKind.WORKLOAD;
            case "outside" -> NodeKind.OUTSIDE;
            default -> NodeKind.UNKNOWN;
        };
    }

    private static MutualTls mutualTls(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "all" -> MutualTls.ALL;
            case "some" -> MutualTls.SOME;
            case "none" -> MutualTls.NONE;
            default -> MutualTls.UNKNOWN;
        };
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> item) {
        List<T> items = new ArrayList<>();
        for (JsonNode at : array.values()) {
            items.add(item.apply(at));
        }
        return items;
    }

    private static String text(JsonNode at, String field) {
        return at.path(field).asString("");
    }

    private static @Nullable String some(JsonNode at, String field) {
        String text = text(at, field);
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Double number(JsonNode at, String field) {
        JsonNode value = at.path(field);
        return value.isNumber() ? value.asDouble() : null;
    }

    private static @Nullable Instant instant(JsonNode at) {
        String text = at.asString("");
        return text.isEmpty() ? null : Instant.parse(text);
    }
}
