package io.lateen.manager.translate.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.lateen.manager.snapshot.Authorization;
import io.lateen.model.codec.MalformedText;
import io.lateen.model.codec.ResourceCodec;
import io.lateen.model.identity.TrustDomain;
import io.lateen.model.resource.AuthorizationPolicy;
import io.lateen.model.resource.AuthorizationPolicy.Action;
import io.lateen.model.resource.Kind;
import io.lateen.model.resource.Metadata;
import io.lateen.model.resource.Resource;
import io.lateen.testkit.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** AuthorizationPolicies become the filters that Istio makes of them. */
class GuardTest {

    /**
     * Cases of Istio's that are about what is refused at the door: actions that ask others or only
     * take notes, and proxies older than any that connects here.
     */
    private static final List<String> ELSEWHERE = List.of("audit", "custom", "before-111");

    /** Of its request principals nothing is left here; Istio's filter is not compared. */
    private static final List<String> TOKEN_ALONE = List.of("ns[foo]-policy[httpbin-6]-rule[0]");

    private static final TrustDomains OF_THE_WILDCARD_CASE =
            new TrustDomains(new TrustDomain("td1"), List.of(new TrustDomain("foobar")));

    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer()
                    .usingTypeRegistry(
                            TypeRegistry.newBuilder()
                                    .add(RBAC.getDescriptor())
                                    .add(
                                            io.envoyproxy.envoy.extensions.filters.network.rbac.v3
                                                    .RBAC.getDescriptor())
                                    .add(UriTemplateMatchConfig.getDescriptor())
                                    .build());

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final ResourceCodec codec = new ResourceCodec();

    @TestFactory
    Stream<DynamicTest> makesIstiosFilters() {
        List<Path> cases =
                Corpus.files("authorization-policy", "-in.yaml").stream()
                        .filter(file -> ELSEWHERE.stream().noneMatch(name(file)::contains))
                        .toList();
        assertThat(cases).hasSizeGreaterThan(10);
        return cases.stream().map(file -> DynamicTest.dynamicTest(name(file), () -> compare(file)));
    }

    @Test
    void closesAChainOfBytesWhereOnlyRequestsAreAllowed() throws MalformedText {
        Guard guard = guard("{rules: [{to: [{operation: {methods: [GET]}}]}]}");

        assertThat(json(guard.ofConnections().getFirst()))
                .as("a filter that allows nothing, not the absence of one")
                .contains("\"rules\":{}");
    }

    @Test
    void answersRulesAboutPortsByTheWorkloadsOwn() throws MalformedText {
        Guard guard = guard("{rules: [{to: [{operation: {ports: ['9080']}}]}]}");

        assertThat(json(guard.at(9080).ofRequests().getFirst()))
                .contains("\"orRules\":{\"rules\":[{\"any\":true}]}");
        assertThat(json(guard.at(8080).ofRequests().getFirst()))
                .contains("\"orRules\":{\"rules\":[{\"notRule\":{\"any\":true}}]}");
        assertThat(json(guard.ofRequests().getFirst())).contains("\"destinationPort\":9080");
    }

    @Test
    void neverMatchesAnAllowRuleWhoseTokensNobodyVerifies() throws MalformedText {
        Guard allow = guard("{rules: [{from: [{source: {requestPrincipals: ['*']}}]}]}");
        Guard deny =
                guard(
                        "{action: DENY, rules: [{when: [{key: 'request.auth.claims[a]', values:"
                                + " [b]}]}]}");

        assertThat(json(allow.ofRequests().getFirst())).contains("\"rules\":{}");
        assertThat(json(deny.ofRequests().getFirst())).contains("\"ids\":[{\"any\":true}]");
    }

    @Test
    void quotesWhatAnExpressionWouldRead() throws MalformedText {
        Guard guard =
                guard(
                        "{rules: [{from: [{source: {namespaces: ['a.b*'], trustDomains: ['c.*']}},"
                                + " {source: {serviceAccounts: ['n.s/a+b']}}]}]}");

        assertThat(json(guard.ofRequests().getFirst()))
                .contains(".*/ns/a\\\\.b.*/.*")
                .contains("spiffe://c\\\\.[^/]*/.*")
                .contains("spiffe://.+/ns/n\\\\.s/(.+/|)sa/a\\\\+b(/.+)?");
    }

    private Guard guard(String spec) throws MalformedText {
        Resource policy = policy("default", "a", codec.split(spec).getFirst());
        boolean deny = ((AuthorizationPolicy) policy.spec()).action() == Action.DENY;
        return new Guard(
                new Authorization(
                        deny ? List.of(policy) : List.of(), deny ? List.of() : List.of(policy)),
                TrustDomains.DEFAULT,
                Ports.DIALLED);
    }

    private void compare(Path file) throws IOException, MalformedText {
        boolean tcp = file.toString().contains("/tcp/");
        List<Resource> deny = new ArrayList<>();
        List<Resource> allow = new ArrayList<>();
        for (JsonNode document : codec.split(Files.readString(file))) {
            JsonNode metadata = document.path("metadata");
            Resource policy =
                    policy(
                            metadata.path("namespace").asString(),
                            metadata.path("name").asString(),
                            tcp ? document.path("spec") : withoutTokens(document.path("spec")));
            switch (((AuthorizationPolicy) policy.spec()).action()) {
                case DENY -> deny.add(policy);
                case ALLOW -> allow.add(policy);
                case AUDIT, CUSTOM -> throw new AssertionError(file);
            }
        }
        Guard guard =
                new Guard(
                        new Authorization(deny, allow),
                        name(file).contains("wildcard")
                                ? OF_THE_WILDCARD_CASE
                                : TrustDomains.DEFAULT,
                        Ports.DIALLED);
        List<? extends Message> filters = tcp ? guard.ofConnections() : guard.ofRequests();
        List<JsonNode> ours = new ArrayList<>();
        for (Message filter : filters) {
            ours.add(mapper.readTree(json(filter)));
        }

        List<JsonNode> theirs = answers(file);
        assertThat(theirs).as("Istio's filters").isNotEmpty();
        assertThat(ours).hasSameSizeAs(theirs);
        for (int i = 0; i < ours.size(); i++) {
            Map<String, JsonNode> istios = policies(theirs.get(i));
            Map<String, JsonNode> made = policies(ours.get(i));
            assertThat(made).as("policies").containsAllEntriesOf(istios);
            assertThat(made.keySet().stream().filter(name -> !istios.containsKey(name)).toList())
                    .as("rules that ask for a token alone")
                    .isEqualTo(name(file).contains("multiple") ? TOKEN_ALONE : List.of());
            assertThat(shell(ours.get(i))).isEqualTo(shell(theirs.get(i)));
        }
    }

    /** Istio's filters of a case, in order. */
    private List<JsonNode> answers(Path file) throws IOException, MalformedText {
        List<JsonNode> answers = new ArrayList<>();
        for (String end : List.of("out", "out1", "out2")) {
            Path answer = file.resolveSibling(name(file) + "-" + end + ".yaml");
            if (Files.exists(answer)) {
                answers.add(codec.split(Files.readString(answer)).getFirst());
            }
        }
        return answers;
    }

    /** Each policy of a filter by its name, but for what asks for a token. */
    private Map<String, JsonNode> policies(JsonNode filter) {
        Map<String, JsonNode> policies = new TreeMap<>();
        filter.at("/typedConfig/rules/policies")
                .properties()
                .forEach(
                        entry -> {
                            JsonNode policy = entry.getValue().deepCopy();
                            boolean left = true;
                            for (JsonNode principal : policy.path("principals")) {
                                left &= prune(principal.at("/andIds/ids"));
                            }
                            for (JsonNode permission : policy.path("permissions")) {
                                left &= prune(permission.at("/andRules/rules"));
                            }
                            if (left) {
                                policies.put(entry.getKey(), policy);
                            }
                        });
        return policies;
    }

    /** Takes parts that look into metadata out; false where nothing else is left. */
    private static boolean prune(JsonNode parts) {
        if (!(parts instanceof ArrayNode list)) {
            return true;
        }
        for (int i = list.size() - 1; i >= 0; i--) {
            if (list.get(i).toString().contains("\"metadata\"")) {
                list.remove(i);
            }
        }
        return !list.isEmpty();
    }

    /** Everything around the policies. */
    private static JsonNode shell(JsonNode filter) {
        ObjectNode copy = (ObjectNode) filter.deepCopy();
        ((ObjectNode) copy.at("/typedConfig/rules")).remove("policies");
        return copy;
    }

    /** A spec without what asks for a token, which is refused at the door. */
    private static JsonNode withoutTokens(JsonNode spec) {
        JsonNode copy = spec.deepCopy();
        for (JsonNode rule : copy.path("rules")) {
            for (JsonNode from : rule.path("from")) {
                ObjectNode source = (ObjectNode) from.path("source");
                source.remove(List.of("requestPrincipals", "notRequestPrincipals"));
            }
            if (rule.path("when") instanceof ArrayNode when) {
                for (int i = when.size() - 1; i >= 0; i--) {
                    String key = when.get(i).path("key").asString();
                    if (key.startsWith("request.auth") || key.startsWith("experimental")) {
                        when.remove(i);
                    }
                }
            }
        }
        return copy;
    }

    private Resource policy(String namespace, String name, JsonNode spec) {
        return new Resource(
                Kind.AUTHORIZATION_POLICY,
                Metadata.of(namespace, name),
                codec.decodeSpec(Kind.AUTHORIZATION_POLICY, spec));
    }

    private static String json(Message filter) {
        try {
            return PRINTER.omittingInsignificantWhitespace().print(filter);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - "-in.yaml".length());
    }
}
