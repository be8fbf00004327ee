package io.lateen.manager.fleet;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.lateen.manager.ads.Departure;
import io.lateen.manager.ads.ProxyConnection;
import io.lateen.manager.ads.ProxyProgress;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.model.database.DatabaseUrl;
import io.lateen.model.naming.NodeId;
import io.lateen.model.service.Locality;
import io.lateen.model.service.Protocol;
import io.lateen.model.service.Workload;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two managers' pictures of the fleet, on one real database. */
final class FleetTest {

    private static final String NODE = "sidecar~127.0.1.3~a.default~default.svc.cluster.local";
    private static final Instant STARTED = Instant.parse("2026-11-22T08:00:00Z");

    /** As in production, but four times as fast. */
    private static final FleetSettings FAST =
            new FleetSettings(
                    Duration.ofMillis(600),
                    Duration.ofMillis(1_800),
                    Duration.ofMillis(250),
                    Duration.ofMillis(20));

    private final DatabaseUrl database = DatabaseUrl.parse(EmbeddedDatabase.fresh());
    private final HikariDataSource pool = pool();
    private final List<Running> managers = new ArrayList<>();

    private record Running(Fleet fleet, FleetKeeper keeper, FleetNotifications notifications)
            implements AutoCloseable {

        /** Ends it as a kill would: nothing is said, the lease is no longer renewed. */
        @Override
        public void close() {
            fleet.stopping();
            notifications.close();
            keeper.close();
        }
    }

    @AfterEach
    void stop() {
        managers.forEach(Running::close);
        pool.close();
    }

    @Test
    void aProxyThatConnectsToOneManagerIsKnownToTheOtherWithItsHealthAndProgress() {
        Running first = manager("m1");
        Running second = manager("m2");
        ProxyConnection connection = connection(STARTED);

        first.fleet().connected(connection);
        first.fleet().health(connection, true, "");
        first.fleet().progressed(connection, new ProxyProgress(Map.of(), 7, 7, STARTED));

        eventually(
                Duration.ofSeconds(1),
                () -> {
                    FleetMember seen = member(second);
                    assertThat(seen.manager()).isEqualTo("m1");
                    assertThat(seen.health().healthy()).isTrue();
                    assertThat(seen.registration()).isEqualTo(member(first).registration());
                    assertThat(second.fleet().progress(seen))
                            .hasValueSatisfying(p -> assertThat(p.inForceRevision()).isEqualTo(7));
                });
    }

    @Test
    void aProxyIsUnhealthyUntilItSaysOtherwise() {
        Running first = manager("m1");

        first.fleet().connected(connection(STARTED));

        assertThat(member(first).health().healthy()).isFalse();
    }

    @Test
    void aProxyWhoseWorkloadServesNothingIsHealthy() {
        Running first = manager("m1");

        first.fleet().connected(connection(NODE, STARTED, List.of()));

        assertThat(member(first).health().healthy()).isTrue();
    }

    @Test
    void aProxyThatSaysGoodbyeIsGoneEverywhereAtOnce() {
        Running first = manager("m1");
        Running second = manager("m2");
        ProxyConnection connection = connection(STARTED);
        first.fleet().connected(connection);
        eventually(() -> assertThat(second.fleet().members()).containsKey(NODE));

        first.fleet().disconnected(connection, Departure.CLEAN);

        assertThat(first.fleet().members()).isEmpty();
        eventually(Duration.ofSeconds(1), () -> assertThat(second.fleet().members()).isEmpty());
    }

    @Test
    void whatAProxyServedIsRememberedByEveryManagerHoweverItWent() {
        Running first = manager("m1");
        Running second = manager("m2");
        ProxyConnection polite = connection(STARTED);
        ProxyConnection broken =
                connection("sidecar~127.0.1.4~b.default~default.svc.cluster.local", STARTED);
        first.fleet().connected(polite);
        second.fleet().connected(broken);
        eventually(() -> assertThat(second.fleet().members()).hasSize(2));
        assertThat(second.fleet().departed()).isEmpty();

        first.fleet().disconnected(polite, Departure.CLEAN);

        assertThat(first.fleet().departed()).as("at once").hasSize(1);
        eventually(() -> assertThat(second.fleet().departed()).hasSize(1));
        second.fleet().disconnected(broken, Departure.BROKEN);
        eventually(() -> assertThat(second.fleet().members()).isEmpty());
        Running later = manager("m3");
        assertThat(later.fleet().departed())
                .singleElement()
                .satisfies(
                        service -> {
                            assertThat(service.domain()).isEqualTo("cluster.local");
                            assertThat(service.ports())
                                    .extracting(ServedPort::service)
                                    .containsExactly("a");
                        });
    }

    @Test
    void aProxyWhoseConnectionBrokeIsGoneAfterTheGrace() {
        Running first = manager("m1");
        Running second = manager("m2");
        ProxyConnection connection = connection(STARTED);
        first.fleet().connected(connection);
        eventually(() -> assertThat(second.fleet().members()).containsKey(NODE));

        first.fleet().disconnected(connection, Departure.BROKEN);

        assertThat(member(first).leaving()).isTrue();
        eventually(Duration.ofSeconds(4), () -> assertThat(first.fleet().members()).isEmpty());
        eventually(Duration.ofSeconds(1), () -> assertThat(second.fleet().members()).isEmpty());
    }

    @Test
    void aProxyThatMovesFromAKilledManagerIsNeverMissingNorUnhealthy() {
        Running first = manager("m1");
        Running second = manager("m2");
        ProxyConnection connection = connection(STARTED);
        first.fleet().connected(connection);
        first.fleet().health(connection, true, "");
        eventually(() -> assertThat(member(second).health().healthy()).isTrue());
        List<String> gaps = new CopyOnWriteArrayList<>();
        second.fleet()
                .onMembership(
                        () -> {
                            FleetMember seen = second.fleet().members().get(NODE);
                            if (seen == null || !seen.health().healthy()) {
                                gaps.add(String.valueOf(seen));
                            }
                        });

        first.close();
        managers.remove(first);
        second.fleet().connected(connection(STARTED));

        eventually(() -> assertThat(member(second).manager()).isEqualTo("m2"));
        awaitSweeps(second);
        assertThat(second.fleet().members()).containsKey(NODE);
        assertThat(gaps).isEmpty();
    }

    @Test
    void theProxiesOfAKilledManagerThatDoNotMoveAreGoneWhenItsLeaseRunsOut() {
        Running first = manager("m1");
        Running second = manager("m2");
        first.fleet().connected(connection(STARTED));
        eventually(() -> assertThat(second.fleet().members()).containsKey(NODE));

        first.close();
        managers.remove(first);

        eventually(Duration.ofSeconds(8), () -> assertThat(second.fleet().members()).isEmpty());
    }

    @Test
    void theLateEndOfAnOldStreamDoesNotTouchTheNewOne() {
        Running first = manager("m1");
        Running second = manager("m2");
        ProxyConnection old = connection(STARTED);
        first.fleet().connected(old);
        eventually(() -> assertThat(second.fleet().members()).containsKey(NODE));

        second.fleet().connected(connection(STARTED));
        eventually(() -> assertThat(member(first).manager()).isEqualTo("m2"));
        first.fleet().disconnected(old, Departure.BROKEN);

        awaitSweeps(first);
        awaitSweeps(second);
        assertThat(member(first).manager()).isEqualTo("m2");
        assertThat(member(first).leaving()).isFalse();
    }

    @Test
    void anOlderIncarnationDoesNotTakeTheRowOfAYoungerOne() {
        Running first = manager("m1");
        Running second = manager("m2");
        second.fleet().connected(connection(STARTED.plusSeconds(60)));
        eventually(() -> assertThat(first.fleet().members()).containsKey(NODE));

        first.fleet().connected(connection(STARTED));

        eventually(() -> assertThat(member(first).manager()).isEqualTo("m2"));
        assertThat(member(second).started()).isEqualTo(STARTED.plusSeconds(60));
    }

    /** Waits until a sweep that began after this call is over: it removes what has run out. */
    private void awaitSweeps(Running manager) {
        String name = UUID.randomUUID().toString().substring(0, 8);
        ProxyConnection connection =
                connection(
                        "sidecar~127.0.9.9~" + name + ".default~default.svc.cluster.local",
                        STARTED);
        manager.fleet().connected(connection);
        manager.fleet().disconnected(connection, Departure.BROKEN);
        eventually(
                () -> assertThat(manager.fleet().members()).doesNotContainKey(connection.node()));
    }

    private Running manager(String id) {
        Fleet fleet = new Fleet(id);
        FleetKeeper keeper = new FleetKeeper(fleet, new FleetTable(pool), FAST);
        FleetNotifications notifications = new FleetNotifications(database, keeper);
        keeper.start();
        notifications.start();
        Running running = new Running(fleet, keeper, notifications);
        managers.add(running);
        return running;
    }

    private static FleetMember member(Running manager) {
        FleetMember member = manager.fleet().members().get(NODE);
        assertThat(member).isNotNull();
        return Objects.requireNonNull(member);
    }

    private static ProxyConnection connection(Instant started) {
        return connection(NODE, started);
    }

    private static ProxyConnection connection(String node, Instant started) {
        return connection(
                node,
                started,
                List.of(
                        new ServedPort(
                                "a",
                                "default",
                                9080,
                                "http",
                                Protocol.HTTP,
                                15006,
                                "127.0.1.3",
                                9080)));
    }

    private static ProxyConnection connection(
            String node, Instant started, List<ServedPort> served) {
        NodeId id = NodeId.parse(node).orElseThrow();
        Proxy proxy =
                new Proxy(
                        id,
                        id.type(),
                        "127.0.1.3",
                        new Workload(
                                "a",
                                "default",
                                "a",
                                "",
                                Map.of("app", "a"),
                                "Kubernetes",
                                Locality.UNKNOWN),
                        "cluster.local",
                        served,
                        Map.of());
        return new ProxyConnection(
                UUID.randomUUID().toString(), proxy, "lateen-sidecar", started, started);
    }

    private HikariDataSource pool() {
        HikariDataSource source = new HikariDataSource();
        source.setJdbcUrl(database.jdbcUrl());
        source.setUsername(database.user());
        source.setPassword(database.password());
        source.setMaximumPoolSize(4);
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration/manager")
                .load()
                .migrate();
        return source;
    }
}
