package io.lateen.model.codec;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.lateen.model.document.DurationText;
import io.lateen.model.match.StringMatch;
import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.Gateway;
import io.lateen.model.resource.GatewayReference;
import io.lateen.model.resource.HttpRoute;
import io.lateen.model.service.Locality;
import io.lateen.model.service.Protocol;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** How records and their typed values are written in a tree, and read from it. */
final class RecordMapper {

    private RecordMapper() {}

    /** A mapper for trees that are valid and complete: absent lists and defaults are filled in. */
    static JsonMapper create() {
        SimpleModule module = new SimpleModule("lateen-resources");
        text(module, Hostname.class, Hostname::new, Hostname::value);
        text(module, GatewayReference.class, GatewayReference::parse, GatewayReference::toString);
        text(
                module,
                Gateway.GatewayHost.class,
                Gateway.GatewayHost::parse,
                Gateway.GatewayHost::toString);
        text(module, Duration.class, RecordMapper::duration, DurationText::of);
        text(module, Locality.class, Locality::parse, Locality::toString);
        text(
                module,
                Protocol.class,
                name -> Protocol.named(name).orElse(Protocol.UNDECLARED),
                Protocol::written);
        module.addDeserializer(StringMatch.class, new StringMatchReader());
        module.addSerializer(StringMatch.class, new StringMatchWriter());
        return JsonMapper.builder()
                .addModule(module)
                .addMixIn(HttpRoute.class, HttpRouteNames.class)
                .disable(
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                .build();
    }

    private static Duration duration(String text) {
        return DurationText.parse(text)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "duration: found \""
                                                + text
                                                + "\", expected one such as 10s"));
    }

    private static <T> void text(
            SimpleModule module,
            Class<T> type,
            Function<String, T> read,
            Function<T, String> write) {
        module.addDeserializer(type, new TextReader<>(read));
        module.addSerializer(type, new TextWriter<>(write));
    }

    /** The older name of a field beside its own, for Jackson to find. */
    interface HttpRouteNames {
        @JsonAlias("mirror_percent")
        @Nullable Integer mirrorPercent();
    }

    private static final class TextReader<T> extends ValueDeserializer<T> {

        private final Function<String, T> read;

        TextReader(Function<String, T> read) {
            this.read = read;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            return read.apply(parser.getString());
        }
    }

    private static final class TextWriter<T> extends ValueSerializer<T> {

        private final Function<T, String> write;

        TextWriter(Function<T, String> write) {
            this.write = write;
        }

        @Override
        public void serialize(T value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(write.apply(value));
        }
    }

    private static final class StringMatchReader extends ValueDeserializer<StringMatch> {

        @Override
        public StringMatch deserialize(JsonParser parser, DeserializationContext context) {
            JsonNode node = context.readTree(parser);
            if (node.has("exact")) {
                return new StringMatch.Exact(node.path("exact").asString());
            }
            if (node.has("prefix")) {
                return new StringMatch.Prefix(node.path("prefix").asString());
            }
            String expression = node.path("regex").asString("*");
            return expression.equals("*")
                    ? new StringMatch.Present()
                    : new StringMatch.Regex(expression);
        }
    }

    private static final class StringMatchWriter extends ValueSerializer<StringMatch> {

        @Override
        public void serialize(
                StringMatch match, JsonGenerator generator, SerializationContext context) {
            Map<String, String> tree =
                    switch (match) {
                        case StringMatch.Exact(String value) -> Map.of("exact", value);
                        case StringMatch.Prefix(String value) -> Map.of("prefix", value);
                        case StringMatch.Regex(String value) -> Map.of("regex", value);
                        case StringMatch.Present() -> Map.of();
                    };
            generator.writePOJO(tree);
        }
    }
}
