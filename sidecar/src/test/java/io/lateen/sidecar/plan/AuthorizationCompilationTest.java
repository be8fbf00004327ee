package io.lateen.sidecar.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lateen.model.identity.SpiffeId;
import io.lateen.model.identity.TrustDomain;
import io.lateen.sidecar.exchange.ConnectionFilter;
import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.HttpProtocol;
import io.lateen.sidecar.exchange.LocalReply;
import io.lateen.sidecar.exchange.Principals;
import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.exchange.Security;
import io.lateen.sidecar.exchange.TcpFlow;
import io.lateen.testkit.property.Property;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Istio's own filters: all compile, and decide as a plain reading of them does. */
class AuthorizationCompilationTest {

    private static final EventLoop LOOP = new DefaultEventLoop();

    /** Words that the rules ask for, and some that they do not. */
    private static final List<String> TEXTS =
            List.of(
                    "exact.com",
                    "EXACT.com",
                    "a.suffix.com",
                    "prefix.a",
                    "not-exact.com",
                    "example.com",
                    "a.not-suffix.com",
                    "method",
                    "method-prefix-a",
                    "GET",
                    "a-suffix-method",
                    "not-method",
                    "/exact",
                    "/prefix/a",
                    "/a/suffix",
                    "/not-exact",
                    "/allow",
                    "/deny",
                    "/another",
                    "/path/template/a",
                    "/a/b/path/template",
                    "/path/template/a/b",
                    "header",
                    "header-prefix-a",
                    "a-suffix-header",
                    "not-header",
                    "");

    private static final List<String> PRINCIPALS =
            List.of(
                    "",
                    "cluster.local/foo/sa-only",
                    "cluster.local/my-ns/my-sa",
                    "cluster.local/my-ns/my-sa-not",
                    "td1/foo/rule",
                    "cluster.local/ns-1/a",
                    "cluster.local/ns/a",
                    "bad.local/ns/a",
                    "untrusted/ns-2/b",
                    "another.local/a/b",
                    "cluster.local/not-ns/a",
                    "cluster.local/ns-prefix-a/principal-suffix");

    private static final List<String> ADDRESSES =
            List.of(
                    "1.2.3.4",
                    "10.10.10.10",
                    "172.18.4.1",
                    "192.168.3.3",
                    "9.0.0.1",
                    "90.10.10.10",
                    "192.168.244.139",
                    "172.19.31.3",
                    "10.250.90.4",
                    "192.168.10.7",
                    "::1");

    private static final List<Integer> PORTS = List.of(80, 90, 91, 92, 8000, 8080, 9001, 9000);

    static List<RbacCases.Case> everyFilter() {
        return RbacCases.all();
    }

    @Test
    void thereAreCasesOfBothKinds() {
        assertThat(RbacCases.all()).filteredOn(RbacCases.Case::http).hasSizeGreaterThan(30);
        assertThat(RbacCases.all()).filteredOn(each -> !each.http()).hasSizeGreaterThan(3);
    }

    @ParameterizedTest
    @MethodSource("everyFilter")
    void decidesAsItReads(RbacCases.Case each) throws Refusal {
        Optional<RequestFilter> requests =
                each.http() ? AuthorizationFactory.requests(each.request(), "f") : Optional.empty();
        Optional<ConnectionFilter> connections =
                each.http()
                        ? Optional.empty()
                        : AuthorizationFactory.connections(each.connection(), "f");

        Property.forAll(
                400,
                random -> {
                    RbacOracle.Call call = call(random, each.http());
                    RbacOracle.Verdict expected = RbacOracle.decide(each.tree(), call);
                    Failure found =
                            each.http()
                                    ? requests.map(filter -> refusal(filter, call)).orElse(null)
                                    : connections
                                            .map(filter -> filter.refuses(flow(call)))
                                            .orElse(null);

                    assertThat(found == null)
                            .as("%s allows %s", each, call)
                            .isEqualTo(expected.allowed());
                    if (found instanceof Failure.Denied(@Nullable String rule, var _)) {
                        assertThat(rule)
                                .as("which rule denies %s", call)
                                .isEqualTo(expected.rule());
                    }
                });
    }

    @Test
    void refusesFiltersOfOtherKindsByName() {
        assertThat(RbacCases.others())
                .isNotEmpty()
                .allSatisfy(
                        each ->
                                assertThatThrownBy(
                                                () ->
                                                        HttpFilterFactory.gates(
                                                                List.of(
                                                                        io.envoyproxy.envoy
                                                                                .extensions.filters
                                                                                .network
                                                                                .http_connection_manager
                                                                                .v3.HttpFilter
                                                                                .newBuilder()
                                                                                .setName(
                                                                                        each.tree()
                                                                                                .get(
                                                                                                        "name")
                                                                                                .asString())
                                                                                .build()),
                                                                "hcm"))
                                        .hasMessageContaining(each.tree().get("name").asString()));
    }

    // A header that is sent twice is read by one server so and by another so.
    @Test
    void countsTheWorseOfSeveralLinesOfAHeader() throws Refusal {
        RequestFilter denies = byRole("DENY");
        RequestFilter allows = byRole("ALLOW");
        RequestHead both = head(Map.of());
        both.add(HeaderName.of("x-role"), "guest".getBytes(StandardCharsets.ISO_8859_1));
        both.add(HeaderName.of("x-role"), "admin".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refusal(denies, both, Security.PLAIN)).isNotNull();
        assertThat(refusal(allows, both, Security.PLAIN)).isNotNull();
    }

    private static RequestFilter byRole(String action) throws Refusal {
        String text =
                """
                name: "envoy.filters.http.rbac" typed_config {
                  [type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC] {
                    rules { action: %s policies { key: "ns[foo]-policy[role]-rule[0]" value {
                      permissions { header { name: "x-role" string_match { exact: "admin" } } }
                      principals { any: true } } } } } }
                """
                        .formatted(action);
        return AuthorizationFactory.requests(Xds.httpFilter(text), "f").orElseThrow();
    }

    private static RbacOracle.Call call(RandomGenerator random, boolean http) {
        Map<String, String> headers = new HashMap<>();
        if (http) {
            headers.put(":authority", pick(TEXTS, random));
            headers.put(":method", random.nextBoolean() ? "GET" : pick(TEXTS, random));
            String path = pick(TEXTS, random);
            headers.put(
                    ":path",
                    (path.startsWith("/") ? path : "/" + path)
                            + (random.nextBoolean() ? "?q=/exact" : ""));
            for (String name : List.of("x-header", "X-header", "x-foo", "x-abc")) {
                if (random.nextInt(3) == 0) {
                    headers.put(name.toLowerCase(java.util.Locale.ROOT), pick(TEXTS, random));
                }
            }
            if (random.nextBoolean()) {
                headers.put("x-forwarded-for", "8.8.8.8, " + pick(ADDRESSES, random));
            }
        }
        String principal = pick(PRINCIPALS, random);
        String[] parts = principal.split("/", -1);
        return new RbacOracle.Call(
                headers,
                principal.isEmpty()
                        ? ""
                        : "spiffe://" + parts[0] + "/ns/" + parts[1] + "/sa/" + parts[2],
                pick(ADDRESSES, random),
                pick(ADDRESSES, random),
                pick(PORTS, random),
                random.nextBoolean() ? "exact.com" : pick(TEXTS, random));
    }

    private static <T> T pick(List<T> from, RandomGenerator random) {
        return from.get(random.nextInt(from.size()));
    }

    private static Security security(RbacOracle.Call call) {
        if (call.principal().isEmpty()) {
            return Security.passing(call.serverName());
        }
        String[] parts = call.principal().substring("spiffe://".length()).split("/", -1);
        return Security.encrypted(
                new SpiffeId(new TrustDomain(parts[0]), parts[2], parts[4]),
                Principals.NONE,
                call.serverName(),
                "");
    }

    private static RequestHead head(Map<String, String> headers) {
        RequestHead head =
                RequestHead.of(
                        headers.getOrDefault(":method", "GET"),
                        headers.getOrDefault(":authority", "a"),
                        headers.getOrDefault(":path", "/"));
        headers.forEach(
                (name, value) -> {
                    if (!name.startsWith(":")) {
                        head.add(HeaderName.of(name), value.getBytes(StandardCharsets.ISO_8859_1));
                    }
                });
        return head;
    }

    private static @Nullable Failure refusal(RequestFilter filter, RbacOracle.Call call) {
        Decided decided = new Decided();
        Exchange exchange =
                new Exchange(
                        decided,
                        new Exchange.Origin(
                                LOOP,
                                new SplittableRandom(1),
                                Direction.INBOUND,
                                HttpProtocol.HTTP_1_1,
                                RbacOracle.socket(call.peerAddress(), 40_000),
                                RbacOracle.socket(call.localAddress(), call.localPort()),
                                security(call),
                                0,
                                0),
                        head(call.headers()),
                        new ResponseHead());
        var _ = filter.apply(exchange);
        return decided.failures.isEmpty() ? null : decided.failures.getFirst();
    }

    private static @Nullable Failure refusal(
            RequestFilter filter, RequestHead head, Security security) {
        Decided decided = new Decided();
        InetSocketAddress any = RbacOracle.socket("127.0.0.1", 1);
        Exchange exchange =
                new Exchange(
                        decided,
                        new Exchange.Origin(
                                LOOP,
                                new SplittableRandom(1),
                                Direction.INBOUND,
                                HttpProtocol.HTTP_1_1,
                                any,
                                any,
                                security,
                                0,
                                0),
                        head,
                        new ResponseHead());
        var _ = filter.apply(exchange);
        return decided.failures.isEmpty() ? null : decided.failures.getFirst();
    }

    private static TcpFlow flow(RbacOracle.Call call) {
        return new TcpFlow(
                Direction.INBOUND,
                0,
                RbacOracle.socket(call.peerAddress(), 40_000),
                RbacOracle.socket(call.localAddress(), call.localPort()),
                security(call));
    }

    /** Keeps what an exchange ended with. */
    private static final class Decided implements Exchange.Carrier {

        private final List<Failure> failures = new ArrayList<>();

        @Override
        public void resume() {
            throw new IllegalStateException("authorization never pauses");
        }

        @Override
        public void fail(Failure failure) {
            failures.add(failure);
        }

        @Override
        public void answer(LocalReply reply) {
            throw new IllegalStateException("authorization answers with failures");
        }

        @Override
        public void resumeAfter(long nanos) {
            throw new IllegalStateException("authorization never pauses");
        }
    }
}
