package io.lateen.manager.api.http;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** The mappers of REST. Thread-safe. */
public final class Json {
    private static final JsonMapper LENIENT =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();
    private static final JsonMapper STRICT =
            LENIENT.rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final YAMLMapper YAML_OUT =
            YAMLMapper.builder()
                    .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                    .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                    .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .build();

    private Json() {}

    /** JSON as bytes. */
    public static byte[] bytes(JsonNode node) {
        return LENIENT.writeValueAsBytes(node);
    }

    /** YAML as bytes. */
    public static byte[] yaml(JsonNode node) {
        return YAML_OUT.writeValueAsBytes(node);
    }

    static ObjectMapper reader(RequestBody.Duplicates duplicates) {
        return duplicates == RequestBody.Duplicates.REFUSED ? STRICT : LENIENT;
    }
}
