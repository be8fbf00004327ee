package io.lateen.manager.api.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Examples of RFC 6902, appendix A, and what is refused. */
final class JsonPatchTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"foo":"bar"}       | {"op":"add","path":"/baz","value":"qux"}         | {"foo":"bar","baz":"qux"}
                    {"foo":["a","c"]}   | {"op":"add","path":"/foo/1","value":"b"}         | {"foo":["a","b","c"]}
                    {"foo":["a"]}       | {"op":"add","path":"/foo/-","value":["b"]}       | {"foo":["a",["b"]]}
                    {"a":1,"b":2}       | {"op":"remove","path":"/a"}                      | {"b":2}
                    {"foo":["a","b"]}   | {"op":"remove","path":"/foo/0"}                  | {"foo":["b"]}
                    {"a":1}             | {"op":"replace","path":"/a","value":2}           | {"a":2}
                    {"a":{"b":1},"c":{}} | {"op":"move","from":"/a/b","path":"/c/d"}       | {"a":{},"c":{"d":1}}
                    {"foo":["a","b","c"]} | {"op":"move","from":"/foo/0","path":"/foo/2"}  | {"foo":["b","c","a"]}
                    {"a":{"b":1}}       | {"op":"copy","from":"/a","path":"/c"}            | {"a":{"b":1},"c":{"b":1}}
                    {"a":1}             | {"op":"test","path":"/a","value":1.0}            | {"a":1}
                    {"/":9,"~1":10}     | {"op":"test","path":"/~01","value":10}           | {"/":9,"~1":10}
                    {"a/b":1}           | {"op":"replace","path":"/a~1b","value":2}        | {"a/b":2}
                    {"a":1}             | {"op":"replace","path":"","value":{"b":2}}       | {"b":2}
                    {"a":null}          | {"op":"test","path":"/a","value":null}           | {"a":null}
                    """)
    void operatesAsTheStandardSays(String target, String operation, String result)
            throws InapplicablePatch {
        JsonNode before = MAPPER.readTree(target);

        JsonNode after = JsonPatch.apply(before, MAPPER.readTree("[" + operation + "]"));

        assertThat(after).isEqualTo(MAPPER.readTree(result));
        assertThat(before).as("never changed in place").isEqualTo(MAPPER.readTree(target));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"op":"remove","path":"/none"}                   | found nothing at /none
                    {"op":"replace","path":"/none","value":1}        | found nothing at /none
                    {"op":"add","path":"/none/a","value":1}          | found nothing at /none
                    {"op":"add","path":"/list/9","value":1}          | found the index '9'
                    {"op":"add","path":"/list/01","value":1}         | found the index '01'
                    {"op":"add","path":"/a/b","value":1}             | expected an object or a list
                    {"op":"test","path":"/a","value":2}              | expected 2
                    {"op":"move","from":"/list","path":"/list/0"}    | into itself
                    {"op":"grow","path":"/a"}                        | found op 'grow'
                    {"op":"add","path":"/a"}                         | found no 'value'
                    {"op":"add","value":1}                           | found no text in 'path'
                    {"op":"add","path":"a","value":1}                | expected it to begin with /
                    """)
    void saysWhichOperationDoesNotFit(String operation, String message) {
        JsonNode patch =
                MAPPER.readTree(
                        "[{\"op\":\"test\",\"path\":\"/a\",\"value\":1}," + operation + "]");

        assertThatThrownBy(() -> JsonPatch.apply(MAPPER.readTree("{\"a\":1,\"list\":[1]}"), patch))
                .isInstanceOf(InapplicablePatch.class)
                .hasMessageStartingWith("operation [1]: ")
                .hasMessageContaining(message);
    }

    @Test
    void appliesAllOrNothing() {
        JsonNode document = MAPPER.readTree("{\"a\":1}");

        assertThatThrownBy(
                        () ->
                                JsonPatch.apply(
                                        document,
                                        MAPPER.readTree(
                                                "[{\"op\":\"remove\",\"path\":\"/a\"},"
                                                        + "{\"op\":\"remove\",\"path\":\"/a\"}]")))
                .isInstanceOf(InapplicablePatch.class);

        assertThat(document).isEqualTo(MAPPER.readTree("{\"a\":1}"));
    }
}
