package io.lateen.sidecar.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.plan.BalancingPlan;
import io.lateen.sidecar.plan.EndpointPlan;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.HashPolicy;
import io.lateen.sidecar.plan.LbPolicy;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.OutlierPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.RetryCondition;
import io.lateen.sidecar.plan.RetryPlan;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.sidecar.plan.TcpPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checklist E9, E44: which of several applications answers, through sockets. */
@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class BalancedRequestsTest {
    private static final int APPS = 4;

    private final List<RawServer> apps = new ArrayList<>();

    static List<LbPolicy> hashing() {
        return List.of(new LbPolicy.RingHash(1024, 8_388_608), new LbPolicy.Maglev(65_537));
    }

    @BeforeEach
    void startApps() {
        for (int i = 0; i < APPS; i++) {
            apps.add(RawServer.answering(RawServer.ok(Integer.toString(i))));
        }
    }

    @AfterEach
    void stopApps() {
        apps.forEach(RawServer::close);
    }

    private static Plan plan(Plans.Cluster cluster, ForwardPolicy policy) {
        return new Plans()
                .with(cluster)
                .socket(
                        "out",
                        Plans.anyPort(),
                        SocketPlan.Role.GATEWAY,
                        new ListenerPlan.Http(
                                Plans.http(Direction.GATEWAY, Plans.route("reviews", policy))))
                .plan();
    }

    private Plans.Cluster all() {
        Plans.Cluster cluster = Plans.cluster("reviews");
        apps.forEach(app -> cluster.at(app.address()));
        return cluster;
    }

    private static ForwardPolicy by(HashPolicy... policies) {
        return new ForwardPolicy(0, 0, RetryPlan.NEVER, List.of(policies), List.of());
    }

    private static String get(String target, String... headers) {
        return "GET "
                + target
                + " HTTP/1.1\r\nHost: reviews\r\n"
                + String.join("", headers)
                + "\r\n";
    }

    private static String app(String response) {
        assertThat(response).startsWith("HTTP/1.1 200");
        return response.substring(response.length() - 1);
    }

    // Each key's requests meet one application; together the keys meet all of them.
    private void keepsKeys(LbPolicy balancing, HashPolicy policy, Requests requests)
            throws IOException {
        try (Carrying sidecar = Carrying.start(plan(all().balancing(balancing), by(policy)));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            Map<Integer, String> owners = new HashMap<>();
            for (int round = 0; round < 3; round++) {
                for (int key = 0; key < 40; key++) {
                    String app = app(client.send(requests.of("user-" + key)).response());
                    assertThat(owners.merge(key, app, (before, _) -> before))
                            .as("the application of key %d", key)
                            .isEqualTo(app);
                }
            }
            assertThat(new HashSet<>(owners.values())).hasSize(APPS);
        }
    }

    private interface Requests {
        String of(String key);
    }

    @ParameterizedTest
    @MethodSource("hashing")
    void aHeaderKeepsItsApplication(LbPolicy balancing) throws IOException {
        keepsKeys(
                balancing,
                new HashPolicy.Header(HeaderName.of("x-user"), false),
                key -> get("/", "X-User: " + key + "\r\n"));
    }

    @ParameterizedTest
    @MethodSource("hashing")
    void aQueryParameterKeepsItsApplication(LbPolicy balancing) throws IOException {
        keepsKeys(
                balancing,
                new HashPolicy.QueryParameter("user", false),
                key -> get("/cart?superuser=1&user=" + key + "&n=2"));
    }

    @ParameterizedTest
    @MethodSource("hashing")
    void aCookieKeepsItsApplication(LbPolicy balancing) throws IOException {
        keepsKeys(
                balancing,
                new HashPolicy.Cookie("user", -1, "", "", false),
                key -> get("/", "Cookie: a=b; user=" + key + "; c=d\r\n"));
    }

    @ParameterizedTest
    @MethodSource("hashing")
    void aCookieIsMadeWhereItIsMissingAndKeptWhereItIsThere(LbPolicy balancing) throws IOException {
        HashPolicy cookie =
                new HashPolicy.Cookie("user", 60, "/cart", "SameSite=Lax; Secure", false);
        try (Carrying sidecar = Carrying.start(plan(all().balancing(balancing), by(cookie)));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            Set<String> met = new HashSet<>();
            for (int visitor = 0; visitor < 30; visitor++) {
                String first = client.send(get("/cart")).response();
                assertThat(first)
                        .containsPattern(
                                "(?i)set-cookie: user=[0-9a-f]+; Max-Age=60; Path=/cart;"
                                        + " SameSite=Lax; Secure; HttpOnly\r\n");
                int at = first.indexOf("user=");
                String given = first.substring(at, first.indexOf(';', at));

                String again = client.send(get("/cart", "Cookie: " + given + "\r\n")).response();

                assertThat(app(again)).isEqualTo(app(first));
                assertThat(again).doesNotContainIgnoringCase("set-cookie");
                met.add(app(first));
            }
            assertThat(met).hasSize(APPS);
        }
    }

    @ParameterizedTest
    @MethodSource("hashing")
    void anAddressKeepsItsApplicationOnEveryConnection(LbPolicy balancing) throws IOException {
        try (Carrying sidecar =
                Carrying.start(
                        plan(all().balancing(balancing), by(new HashPolicy.SourceIp(false))))) {
            Set<String> met = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                try (RawClient client = RawClient.connect(sidecar.address("out"))) {
                    met.add(app(client.send(get("/" + i)).response()));
                }
            }
            assertThat(met).hasSize(1);
        }
    }

    private static TcpPlan bySourceAddress(TcpPlan plain) {
        return new TcpPlan(
                plain.statPrefix(),
                plain.clusters(),
                plain.idleTimeoutNanos(),
                plain.longestLifeNanos(),
                true,
                plain.origin(),
                plain.filters(),
                plain.recording());
    }

    @ParameterizedTest
    @MethodSource("hashing")
    void anAddressKeepsItsApplicationWhereOnlyBytesAreSeen(LbPolicy balancing) throws IOException {
        Plan plan =
                new Plans()
                        .with(all().balancing(balancing))
                        .socket(
                                "out",
                                Plans.anyPort(),
                                SocketPlan.Role.GATEWAY,
                                new ListenerPlan.Tcp(bySourceAddress(Plans.tcp("reviews"))))
                        .plan();
        try (Carrying sidecar = Carrying.start(plan)) {
            Set<String> met = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                try (RawClient client = RawClient.connect(sidecar.address("out"))) {
                    met.add(app(client.send(get("/" + i)).response()));
                }
            }
            assertThat(met).hasSize(1);
        }
    }

    @Test
    void noCookieIsMadeForAClusterThatDoesNotGoByIt() throws IOException {
        HashPolicy cookie = new HashPolicy.Cookie("user", 60, "/", "", false);
        try (Carrying sidecar =
                        Carrying.start(
                                plan(all().balancing(new LbPolicy.RoundRobin()), by(cookie)));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            assertThat(client.send(get("/")).response()).doesNotContainIgnoringCase("set-cookie");
        }
    }

    @Test
    void roundRobinTakesEachInTurn() throws IOException {
        try (Carrying sidecar =
                        Carrying.start(
                                plan(
                                        all().balancing(new LbPolicy.RoundRobin()),
                                        ForwardPolicy.PLAIN));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            for (int i = 0; i < 40; i++) {
                app(client.send(get("/")).response());
            }
            for (RawServer each : apps) {
                assertThat(each.heads()).hasSize(10);
            }
        }
    }

    private Plans.Cluster nearAndFar() {
        return Plans.cluster("reviews")
                .endpoint(apps.get(0).address(), new EndpointPlan.Place(0, "west/a", 1))
                .endpoint(apps.get(1).address(), new EndpointPlan.Place(0, "west/a", 1))
                .endpoint(apps.get(2).address(), new EndpointPlan.Place(1, "east/a", 1));
    }

    /** Locality failover: the far one takes over what the near ones cannot. */
    @Test
    void trafficMovesFarWhenTheNearOnesAreEjected() throws IOException {
        apps.get(0).close();
        apps.get(1).close();
        OutlierPlan quick =
                new OutlierPlan(
                        1,
                        0,
                        0,
                        false,
                        TimeUnit.SECONDS.toNanos(10),
                        TimeUnit.MINUTES.toNanos(5),
                        TimeUnit.MINUTES.toNanos(5),
                        100);
        RetryPlan onFailure =
                new RetryPlan(
                        3,
                        Set.of(RetryCondition.CONNECT_FAILURE),
                        Set.of(),
                        new RetryPlan.Pace(0, 1_000_000, 1_000_000),
                        new RetryPlan.HostChoice(true, 5, 0));
        try (Carrying sidecar =
                        Carrying.start(
                                plan(
                                        nearAndFar().outlier(quick),
                                        new ForwardPolicy(0, 0, onFailure, List.of(), List.of())));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            for (int i = 0; i < 20; i++) {
                assertThat(app(client.send(get("/")).response())).isEqualTo("2");
            }
        }
    }

    @Test
    void nothingGoesFarWhileTheNearOnesAreWell() throws IOException {
        try (Carrying sidecar = Carrying.start(plan(nearAndFar(), ForwardPolicy.PLAIN));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            for (int i = 0; i < 50; i++) {
                assertThat(app(client.send(get("/")).response())).isIn("0", "1");
            }
        }
    }

    /** {@code retryRemoteLocalities}: after two tries near by, the third leaves. */
    @Test
    void aRetryMayLeaveItsLocality() throws IOException {
        apps.get(0).close();
        apps.get(1).close();
        RetryPlan leaving =
                new RetryPlan(
                        2,
                        Set.of(RetryCondition.CONNECT_FAILURE),
                        Set.of(),
                        new RetryPlan.Pace(0, 1_000_000, 1_000_000),
                        new RetryPlan.HostChoice(true, 5, 2));
        try (Carrying sidecar =
                        Carrying.start(
                                plan(
                                        nearAndFar(),
                                        new ForwardPolicy(0, 0, leaving, List.of(), List.of())));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            for (int i = 0; i < 20; i++) {
                assertThat(app(client.send(get("/")).response())).isEqualTo("2");
            }
            assertThat(sidecar.seen()).allMatch(seen -> seen.attempts() == 3);
        }
    }

    @Test
    void localitiesShareByWeight() throws IOException {
        Plans.Cluster cluster =
                Plans.cluster("reviews")
                        .byLocality()
                        .endpoint(apps.get(0).address(), new EndpointPlan.Place(0, "west/a", 80))
                        .endpoint(apps.get(1).address(), new EndpointPlan.Place(0, "west/b", 20))
                        .endpoint(apps.get(2).address(), new EndpointPlan.Place(0, "west/b", 20));
        try (Carrying sidecar = Carrying.start(plan(cluster, ForwardPolicy.PLAIN));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            for (int i = 0; i < 1000; i++) {
                app(client.send(get("/")).response());
            }
            assertThat(apps.get(0).heads().size()).isCloseTo(800, within(50));
            assertThat(apps.get(1).heads().size()).isCloseTo(100, within(50));
        }
    }

    /** The fourth application comes a minute later, and takes its full share after another. */
    @Test
    void aNewEndpointsShareGrowsWithTime() throws IOException {
        AtomicLong clock = new AtomicLong(1);
        long minute = TimeUnit.MINUTES.toNanos(1);
        BalancingPlan.WarmUp warmUp = new BalancingPlan.WarmUp(minute, 1, 0.1);
        Plans.Cluster three = Plans.cluster("reviews").balancing(new LbPolicy.RoundRobin());
        apps.subList(0, 3).forEach(app -> three.at(app.address()));
        try (Carrying sidecar =
                        Carrying.start(
                                plan(three.warmUp(warmUp), ForwardPolicy.PLAIN),
                                Carrying.settings(clock::get),
                                1);
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            app(client.send(get("/")).response());
            clock.addAndGet(minute);
            sidecar.apply(
                    plan(
                            all().balancing(new LbPolicy.RoundRobin()).warmUp(warmUp),
                            ForwardPolicy.PLAIN));
            assertThat(shareOfTheLast(client)).as("at once").isCloseTo(13, within(8));
            clock.addAndGet(minute / 2);
            assertThat(shareOfTheLast(client)).as("half way").isCloseTo(57, within(15));
            clock.addAndGet(minute / 2);
            assertThat(shareOfTheLast(client)).as("at the end").isCloseTo(100, within(2));
        }
    }

    private int shareOfTheLast(RawClient client) throws IOException {
        int before = apps.getLast().heads().size();
        for (int i = 0; i < 400; i++) {
            app(client.send(get("/")).response());
        }
        return apps.getLast().heads().size() - before;
    }
}
