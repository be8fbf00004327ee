package io.lateen.sidecar.plan;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.lateen.testkit.corpus.Corpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The filters that Istio makes of authorization policies, as its own tests have them. */
final class RbacCases {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonFormat.Parser JSON =
            JsonFormat.parser()
                    .usingTypeRegistry(
                            TypeRegistry.newBuilder()
                                    .add(RBAC.getDescriptor())
                                    .add(
                                            io.envoyproxy.envoy.extensions.filters.network.rbac.v3
                                                    .RBAC.getDescriptor())
                                    .add(UriTemplateMatchConfig.getDescriptor())
                                    .build());

    private RbacCases() {}

    /**
     * One filter.
     *
     * @param name of its file
     * @param tree as it was written
     */
    record Case(String name, JsonNode tree) {

        boolean http() {
            return tree.get("name").asString().equals("envoy.filters.http.rbac");
        }

        HttpFilter request() {
            HttpFilter.Builder builder = HttpFilter.newBuilder();
            merge(builder);
            return builder.build();
        }

        Filter connection() {
            Filter.Builder builder = Filter.newBuilder();
            merge(builder);
            return builder.build();
        }

        private void merge(com.google.protobuf.Message.Builder builder) {
            try {
                JSON.merge(tree.toString(), builder);
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalArgumentException(name, e);
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Every RBAC filter. */
    static List<Case> all() {
        return read().stream()
                .filter(each -> each.tree().get("name").asString().endsWith(".rbac"))
                .toList();
    }

    /** Every other filter. */
    static List<Case> others() {
        return read().stream()
                .filter(each -> !each.tree().get("name").asString().endsWith(".rbac"))
                .toList();
    }

    private static List<Case> read() {
        List<Case> cases = new ArrayList<>();
        for (Path file : Corpus.files("authorization-policy", ".yaml")) {
            String name = Corpus.require("authorization-policy").relativize(file).toString();
            if (!name.contains("-out")) {
                continue;
            }
            try (MappingIterator<JsonNode> documents =
                    YAML.readerFor(JsonNode.class).readValues(Files.readString(file))) {
                while (documents.hasNext()) {
                    JsonNode tree = documents.next();
                    if (tree.isObject() && tree.has("name")) {
                        cases.add(new Case(name, tree));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return cases;
    }
}
