package io.lateen.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import io.lateen.testkit.golden.Golden;
import io.lateen.testkit.house.HouseRules;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API's description, from which the page's types are made: what is committed is what the code
 * says. {@code -Dtest.jvm.options=-Dlateen.golden.rewrite=true} writes it anew.
 */
final class ContractTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

    /** What is sent, not answered: what may be null may be left out. */
    private static final Set<String> SENT = Set.of("NewUser", "UserChange");

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Test
    void theCommittedDescriptionIsTheCodes() {
        SpringDocUtils.getConfig().addAnnotationsToIgnore(AuthenticationPrincipal.class);

        ObjectNode contract;
        try (RunningPortal portal =
                        RunningPortal.on(
                                DATABASE.url(),
                                "--springdoc.api-docs.path=/openapi.generated",
                                "--springdoc.paths-to-match=/api/v1/**",
                                "--springdoc.default-produces-media-type=application/json",
                                "--springdoc.writer-with-order-by-keys=true",
                                "--spring.main.sources=" + EventSchemas.class.getName());
                Browser browser = portal.browser()) {
            contract = (ObjectNode) browser.get("/openapi.generated").json();
        }
        contract.remove("servers");
        contract.set(
                "info",
                MAPPER.createObjectNode().put("title", "Lateen portal").put("version", "v1"));
        finish(contract);

        assertThat(contract.path("paths").propertyNames())
                .as("operations found")
                .contains("/api/v1/session", "/api/v1/graph", "/api/v1/events", "/api/v1/audit");
        Golden.in("../../../../ui/api")
                .matches("openapi.json", MAPPER.writeValueAsString(contract) + "\n");
    }

    /** Record components are there always, and null only where the code says so. */
    private static void finish(ObjectNode contract) {
        List<Class<?>> records = records();
        ObjectNode schemas = (ObjectNode) contract.path("components").path("schemas");
        for (String name : schemas.propertyNames()) {
            ObjectNode schema = (ObjectNode) schemas.path(name);
            Set<String> properties = new HashSet<>(schema.path("properties").propertyNames());
            records.stream()
                    .filter(type -> type.getSimpleName().equals(name))
                    .filter(type -> names(type).equals(properties))
                    .findFirst()
                    .ifPresent(type -> finish(schema, type));
        }
        for (JsonNode path : contract.path("paths").values()) {
            for (JsonNode operation : path.values()) {
                ObjectNode responses = (ObjectNode) operation.path("responses");
                responses
                        .putObject("default")
                        .put("description", "a problem")
                        .putObject("content")
                        .putObject("application/problem+json")
                        .putObject("schema")
                        .put("$ref", "#/components/schemas/Problem");
                ((ObjectNode) operation).remove("tags");
            }
        }
        contract.remove("tags");
    }

    private static void finish(ObjectNode schema, Class<?> type) {
        ArrayNode required = schema.putArray("required");
        ObjectNode properties = (ObjectNode) schema.path("properties");
        for (RecordComponent component : type.getRecordComponents()) {
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (!nullable || !SENT.contains(type.getSimpleName())) {
                required.add(component.getName());
            }
            if (nullable) {
                ObjectNode property = (ObjectNode) properties.path(component.getName());
                if (property.has("$ref")) {
                    ObjectNode either = MAPPER.createObjectNode();
                    ArrayNode any = either.putArray("anyOf");
                    any.add(property);
                    any.addObject().put("type", "null");
                    properties.set(component.getName(), either);
                } else {
                    String only = property.path("type").asString("");
                    property.putArray("type").add(only).add("null");
                }
            }
        }
    }

    private static Set<String> names(Class<?> type) {
        Set<String> names = new HashSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            names.add(component.getName());
        }
        return names;
    }

    private static List<Class<?>> records() {
        List<Class<?>> records = new ArrayList<>();
        for (JavaClass type : HouseRules.mainClassesOf("portal")) {
            if (type.isRecord()) {
                records.add(type.reflect());
            }
        }
        return records;
    }
}
