package io.lateen.model.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.model.resource.Kind;
import io.lateen.model.resource.Metadata;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.Spec;
import io.lateen.model.schema.KindSchema;
import io.lateen.testkit.property.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RoundTripPropertyTest {

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final ResourceCodec codec = new ResourceCodec();

    @ParameterizedTest
    @EnumSource(Kind.class)
    void keepsEveryFieldOfARandomSpec(Kind kind) {
        Property.forAll(
                400,
                random -> {
                    Object tree = new RandomSpecs(random).draw(KindSchema.spec(kind));
                    JsonNode shortest = mapper.valueToTree(KindSchema.spec(kind).trimmed(tree));

                    Spec spec = codec.decodeSpec(kind, mapper.valueToTree(tree));
                    Resource resource = new Resource(kind, Metadata.of("default", "a"), spec);
                    JsonNode written = codec.encodeSpec(resource);

                    assertThat(canonical(written)).isEqualTo(canonical(shortest));
                    assertThat(codec.decodeSpec(kind, written)).isEqualTo(spec);
                });
    }

    @Test
    void answersWhateverIsWritten() {
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        Property.forAll(
                2_000,
                random -> {
                    List<Kind> kinds = List.of(Kind.values());
                    Kind kind = kinds.get(random.nextInt(kinds.size()));
                    Object spec = spec(kind, random);
                    Map<String, Object> document = new LinkedHashMap<>();
                    document.put("apiVersion", kind.apiVersion());
                    document.put("kind", kind.kindName());
                    document.put("metadata", Map.of("name", "a"));
                    document.put("spec", random.nextInt(3) == 0 ? spec : damaged(spec, random));

                    switch (codec.decode(mapper.valueToTree(document))) {
                        case Decoded.Accepted good -> {
                            accepted.incrementAndGet();
                            assertThat(codec.decode(codec.encode(good.resource())))
                                    .as("what is accepted is accepted again when written anew")
                                    .isInstanceOfSatisfying(
                                            Decoded.Accepted.class,
                                            again ->
                                                    assertThat(again.resource())
                                                            .isEqualTo(good.resource()));
                        }
                        case Decoded.Refused bad -> {
                            refused.incrementAndGet();
                            assertThat(bad.violations()).isNotEmpty();
                        }
                    }
                });
        assertThat(accepted).as("accepted").hasValueGreaterThan(100);
        assertThat(refused).as("refused").hasValueGreaterThan(100);
    }

    /** Half of them small enough to be right as a whole. */
    private static Object spec(Kind kind, SplittableRandom random) {
        if (random.nextBoolean()) {
            return new RandomSpecs(random).draw(KindSchema.spec(kind));
        }
        Map<String, Object> port = Map.of("number", 80, "name", "web", "protocol", "HTTP");
        return switch (kind) {
            case VIRTUAL_SERVICE ->
                    Map.of(
                            "hosts",
                            List.of("a"),
                            "http",
                            List.of(
                                    Map.of(
                                            "match",
                                            List.of(Map.of("uri", Map.of("prefix", "/a"))),
                                            "timeout",
                                            "5s",
                                            "route",
                                            List.of(Map.of("destination", Map.of("host", "a"))))));
            case DESTINATION_RULE ->
                    Map.of(
                            "host",
                            "a",
                            "subsets",
                            List.of(Map.of("name", "v1", "labels", Map.of("version", "v1"))));
            case SERVICE_ENTRY ->
                    Map.of("hosts", List.of("a.com"), "ports", List.of(port), "resolution", "DNS");
            case WORKLOAD_ENTRY -> Map.of("address", "10.0.0.1", "ports", Map.of("web", 8080));
            case GATEWAY -> Map.of("servers", List.of(Map.of("port", port, "hosts", List.of("*"))));
            case PEER_AUTHENTICATION -> Map.of("mtls", Map.of("mode", "STRICT"));
            case RATE_LIMIT ->
                    Map.of(
                            "service",
                            "a",
                            "limits",
                            List.of(
                                    Map.of(
                                            "requests",
                                            10,
                                            "per",
                                            "1m",
                                            "by",
                                            List.of(Map.of("header", "end-user")))));
            case AUTHORIZATION_POLICY ->
                    Map.of(
                            "rules",
                            List.of(
                                    Map.of(
                                            "to",
                                            List.of(
                                                    Map.of(
                                                            "operation",
                                                            Map.of("paths", List.of("/a*")))))));
        };
    }

    /** The same with something else somewhere inside. */
    private static @Nullable Object damaged(@Nullable Object value, SplittableRandom random) {
        if (random.nextInt(6) == 0) {
            List<@Nullable Object> junk =
                    Arrays.asList(
                            null,
                            "",
                            "x",
                            "*",
                            -1,
                            70_000,
                            1.5,
                            true,
                            List.of(),
                            Map.of(),
                            "5s",
                            List.of("x"),
                            Map.of("x", 1),
                            Map.of("a::", 1),
                            "\u0000",
                            "%",
                            1e300,
                            new java.math.BigInteger("99999999999999999999"));
            return junk.get(random.nextInt(junk.size()));
        }
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((key, entry) -> copy.put(key.toString(), entry));
                if (!copy.isEmpty()) {
                    String chosen = List.copyOf(copy.keySet()).get(random.nextInt(copy.size()));
                    copy.put(chosen, damaged(copy.get(chosen), random));
                }
                yield copy;
            }
            case List<?> list when !list.isEmpty() -> {
                List<@Nullable Object> copy = new ArrayList<>(list);
                int chosen = random.nextInt(copy.size());
                copy.set(chosen, damaged(copy.get(chosen), random));
                yield copy;
            }
            case null -> null;
            default -> value;
        };
    }

    /** Order of fields does not count, nor whether a whole number is written with a fraction. */
    private static Object canonical(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> fields = new java.util.TreeMap<>();
            node.properties()
                    .forEach(entry -> fields.put(entry.getKey(), canonical(entry.getValue())));
            return fields;
        }
        if (node.isArray()) {
            return node.valueStream().map(RoundTripPropertyTest::canonical).toList();
        }
        return node.isNumber() ? node.doubleValue() : node.asString();
    }
}
