package io.lateen.e2e.admission;

import io.lateen.model.document.Node;
import io.lateen.model.schema.AnySchema;
import io.lateen.model.schema.BooleanSchema;
import io.lateen.model.schema.Field;
import io.lateen.model.schema.IntegerSchema;
import io.lateen.model.schema.ListSchema;
import io.lateen.model.schema.MapSchema;
import io.lateen.model.schema.NumberSchema;
import io.lateen.model.schema.ObjectSchema;
import io.lateen.model.schema.Schema;
import io.lateen.model.schema.TextSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Specs drawn from a schema, every field of it sooner or later, with values that mean something in
 * a small mesh; and what is wrong in them taken away, field by field.
 */
final class RandomDocuments {

    private static final Map<String, List<String>> WORDS =
            Map.ofEntries(
                    Map.entry(
                            "hosts",
                            List.of("reviews", "ratings.default", "*.example.com", "b.com")),
                    Map.entry("host", List.of("reviews", "ratings", "reviews.default", "c.com")),
                    Map.entry("gateways", List.of("mesh", "edge", "other/edge")),
                    Map.entry("subset", List.of("v1", "v2")),
                    Map.entry("exportTo", List.of("*", ".", "other")),
                    Map.entry("regex", List.of("*", "/a/.*", "(a|b)+", "[0-9]{1,3}")),
                    Map.entry("match", List.of("^/(a)", "b", "/x/([^/]+)")),
                    Map.entry("rewrite", List.of("/y", "\\1", "/\\\\z")),
                    Map.entry("uri", List.of("/", "/a", "/a/b?c=d")),
                    Map.entry("prefixRewrite", List.of("/", "/p")),
                    Map.entry("authority", List.of("a.com", "a.com:8080", "[::1]:80")),
                    Map.entry("scheme", List.of("http", "https")),
                    Map.entry(
                            "retryOn",
                            List.of("5xx", "503,reset", "connect-failure, 429,unavailable")),
                    Map.entry("grpcStatus", List.of("UNAVAILABLE")),
                    Map.entry("allowMethods", List.of("GET", "POST")),
                    Map.entry("httpHeaderName", List.of("x-user", "host")),
                    Map.entry("path", List.of("/", "/a")),
                    Map.entry("protocol", List.of("HTTP", "GRPC", "TCP", "HTTP2", "TLS", "mongo")),
                    Map.entry("addresses", List.of("10.9.9.9", "10.8.0.0/16", "2001:db8::9")),
                    Map.entry("address", List.of("10.1.1.1", "e.com", "unix:///s")),
                    Map.entry("name", List.of("v1", "v2", "edge", "http")),
                    Map.entry("remove", List.of("x-user", "Accept")),
                    Map.entry("sourceNamespace", List.of("default", "other")),
                    Map.entry("principals", List.of("cluster.local/ns/a/sa/b", "*", "x*", "*y")),
                    Map.entry("notPrincipals", List.of("cluster.local/ns/a/sa/b", "*/sa/b")),
                    Map.entry("namespaces", List.of("default", "a*", "*", "a.b")),
                    Map.entry("serviceAccounts", List.of("a/b", "default")),
                    Map.entry("trustDomains", List.of("cluster.local", "td*")),
                    Map.entry("ipBlocks", List.of("10.0.0.0/8", "127.0.0.1", "2001:db8::/32")),
                    Map.entry("remoteIpBlocks", List.of("10.0.0.1", "::1")),
                    Map.entry("notIpBlocks", List.of("192.168.0.0/16")),
                    Map.entry("ports", List.of("9080", "80")),
                    Map.entry("notPorts", List.of("9000")),
                    Map.entry("methods", List.of("GET", "P*", "*")),
                    Map.entry("paths", List.of("/a", "/a*", "*/b", "*", "/a/{*}/c", "/{**}/d")),
                    Map.entry("notPaths", List.of("/admin*", "/x/{**}")),
                    Map.entry(
                            "key",
                            List.of(
                                    "request.headers[x-user]",
                                    "source.ip",
                                    "remote.ip",
                                    "source.namespace",
                                    "source.principal",
                                    "source.serviceAccount",
                                    "source.trustDomain",
                                    "destination.ip",
                                    "destination.port",
                                    "connection.sni")),
                    Map.entry("service", List.of("reviews", "ratings")),
                    Map.entry("per", List.of("1s", "1m")),
                    Map.entry("deadline", List.of("20ms", "1s")),
                    Map.entry("header", List.of("x-user", "End-User")),
                    Map.entry("values", List.of("10.0.0.1", "80", "a", "a*", "*")),
                    Map.entry("notValues", List.of("10.0.0.0/8", "9080", "b")));

    /** Without these a VirtualService is for others to delegate to, or routes nothing. */
    private static final Set<String> NEEDED = Set.of("hosts", "http");

    private final SplittableRandom random;

    RandomDocuments(SplittableRandom random) {
        this.random = random;
    }

    /** A spec that the schema allows. */
    Object draw(Schema schema, String name) {
        return switch (schema) {
            case ObjectSchema object -> object(object);
            case ListSchema list -> {
                List<Object> items = new ArrayList<>();
                for (int i = 0, size = 1 + random.nextInt(3); i < size; i++) {
                    items.add(draw(list.items(), name));
                }
                yield items;
            }
            case MapSchema map -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                for (int i = 0, size = 1 + random.nextInt(2); i < size; i++) {
                    entries.put(
                            List.of("app", "version", "x-user", "Host").get(random.nextInt(4)),
                            draw(map.values(), "value"));
                }
                yield entries;
            }
            case TextSchema text -> text(text, name);
            case IntegerSchema integer -> integer(integer, name);
            case NumberSchema _ -> random.nextInt(0, 1001) / 10.0;
            case BooleanSchema _ -> random.nextBoolean();
            case AnySchema _ -> Map.of();
        };
    }

    private Map<String, Object> object(ObjectSchema schema) {
        Set<String> left = new HashSet<>();
        for (List<String> group : schema.oneOf()) {
            left.addAll(group);
            left.remove(group.get(random.nextInt(group.size())));
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        for (Field field : schema.fields().values()) {
            boolean wanted =
                    field.required()
                            || (schema.name().equals("VirtualService")
                                    && NEEDED.contains(field.name()))
                            || random.nextInt(3) == 0;
            if (wanted && !left.contains(field.name())) {
                tree.put(field.name(), draw(field.schema(), field.name()));
            }
        }
        return tree;
    }

    private String text(TextSchema schema, String name) {
        if (!schema.values().isEmpty()) {
            return schema.values().get(random.nextInt(schema.values().size()));
        }
        return switch (schema.form()) {
            case DURATION, POSITIVE_DURATION ->
                    List.of("1ms", "250ms", "7s", "1h", "87600h").get(random.nextInt(5));
            case BASE64 -> "YWJj";
            case TIME -> "2026-01-31T12:00:00Z";
            case FREE -> {
                List<String> words = WORDS.getOrDefault(name, List.of("a", "v1", "x-b", ""));
                yield words.get(random.nextInt(words.size()));
            }
        };
    }

    private long integer(IntegerSchema schema, String name) {
        if (name.equals("number") || name.equals("port")) {
            return List.of(80L, 9080L, 9000L).get(random.nextInt(3));
        }
        if (name.toLowerCase(java.util.Locale.ROOT).contains("status")) {
            return random.nextInt(200, 600);
        }
        if (name.equals("tableSize")) {
            return 65_537;
        }
        long min = schema.min() == null ? 0 : schema.min();
        long max = schema.max() == null ? Integer.MAX_VALUE : schema.max();
        return switch (random.nextInt(4)) {
            case 0 -> min;
            case 1 -> max;
            default -> Math.min(max, min + random.nextInt(100));
        };
    }

    /**
     * The tree without what stands at a path; where nothing stands there, without the object that
     * misses it.
     */
    static void prune(Map<String, Object> document, String path) {
        List<String> steps = new ArrayList<>();
        java.util.regex.Matcher matcher =
                java.util.regex.Pattern.compile("([^.\\[\\]]+)|\\[([^\\]]*)\\]").matcher(path);
        while (matcher.find()) {
            steps.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        while (!steps.isEmpty() && !removed(document, steps)) {
            steps.removeLast();
        }
    }

    private static boolean removed(Object tree, List<String> steps) {
        Object at = tree;
        for (String step : steps.subList(0, steps.size() - 1)) {
            at = child(at, step);
            if (at == null) {
                return false;
            }
        }
        String last = steps.getLast();
        if (child(at, last) == null) {
            return false;
        }
        if (at instanceof List<?> list) {
            list.remove(Integer.parseInt(last));
        } else if (at instanceof Map<?, ?> map) {
            map.remove(last);
        }
        return true;
    }

    private static @org.jspecify.annotations.Nullable Object child(Object at, String step) {
        if (at instanceof List<?> list) {
            int index = Integer.parseInt(step);
            return index < list.size() ? list.get(index) : null;
        }
        return new Node("", at).get(step).value();
    }
}
