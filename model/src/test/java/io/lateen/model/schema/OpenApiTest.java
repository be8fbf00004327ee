package io.lateen.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.model.document.Node;
import io.lateen.model.resource.ApiGroup;
import io.lateen.model.resource.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    @Test
    void namesEveryKindAndItsListInEveryVersion() {
        for (ApiGroup group : ApiGroup.values()) {
            List<Kind> kinds =
                    Arrays.stream(Kind.values())
                            .filter(kind -> kind.group().equals(group.groupName()))
                            .toList();
            assertThat(kinds).as("kinds of %s", group).isNotEmpty();
            for (String version : group.versions()) {
                Map<String, Object> schemas = OpenApi.schemas(group.groupName(), version);

                assertThat(schemas).hasSize(2 * kinds.size());
                for (Kind kind : kinds) {
                    assertThat(gvk(schemas, kind, version, ""))
                            .isEqualTo(
                                    List.of(
                                            Map.of(
                                                    "group", kind.group(),
                                                    "version", version,
                                                    "kind", kind.kindName())));
                    assertThat(gvk(schemas, kind, version, "List"))
                            .isEqualTo(
                                    List.of(
                                            Map.of(
                                                    "group",
                                                    kind.group(),
                                                    "version",
                                                    version,
                                                    "kind",
                                                    kind.kindName() + "List")));
                }
            }
        }
        assertThat(OpenApi.schemaName(Kind.AUTHORIZATION_POLICY, "v1"))
                .isEqualTo("io.istio.security.v1.AuthorizationPolicy");
    }

    @Test
    void hasNothingToSayOfOtherGroups() {
        assertThat(OpenApi.schemas("apps", "v1")).isEmpty();
    }

    @Test
    void describesAFieldDeepInside() {
        Node schema = Node.of(OpenApi.resource(Kind.VIRTUAL_SERVICE, "v1"));
        Node attempts = schema;
        for (String field : List.of("spec", "http")) {
            attempts = attempts.get("properties", field);
        }
        attempts = attempts.get("items", "properties", "retries", "properties", "attempts");

        assertThat(attempts.text("type")).isEqualTo("integer");
        assertThat(attempts.text("format")).isEqualTo("int32");
        assertThat(attempts.text("description")).contains("0 switches retries off");
        assertThat(schema.get("properties", "metadata", "properties", "labels").text("type"))
                .isEqualTo("object");
    }

    private static Object gvk(
            Map<String, Object> schemas, Kind kind, String version, String suffix) {
        Node schema = Node.of(schemas).get(OpenApi.schemaName(kind, version) + suffix);
        Object gvk = schema.get("x-kubernetes-group-version-kind").value();
        assertThat(gvk).isNotNull();
        return gvk;
    }
}
