package io.lateen.manager.fleet;

import io.lateen.manager.ads.ProxyProgress;
import io.lateen.manager.fleet.FleetMember.WorkloadHealth;
import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.snapshot.ServedPort;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tables {@code manager} and {@code proxy}. Times are the database's, so clocks need not agree.
 */
final class FleetTable {

    /** The channel of {@code NOTIFY}: {@code <manager> members} or {@code <manager> progress}. */
    static final String CHANNEL = "lateen_fleet";

    private static final String REMEMBERED = "interval '1 day'";

    /**
     * Deletes proxies, remembers what they served, and says how many they were: one statement, so
     * that no reader misses a service between the two.
     */
    private static final String TAKE_OUT =
            """
            with gone as (delete from proxy where %s returning registration),
            served as (
                select registration ->> 'domain' as domain, port ->> 'namespace' as namespace,
                       port ->> 'service' as service, port
                from gone, jsonb_array_elements(registration -> 'servedPorts') as port),
            remembered as (
                insert into departed_service (domain, namespace, service, ports, departed)
                select domain, namespace, service, jsonb_agg(distinct port), clock_timestamp()
                from served group by domain, namespace, service
                on conflict (domain, namespace, service) do update
                set ports = excluded.ports, departed = excluded.departed)
            select count(*) from gone
            """;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Logger log = LoggerFactory.getLogger(FleetTable.class);

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    /** The tables in {@code database}. */
    FleetTable(DataSource database) {
        this.jdbc = JdbcClient.create(database);
        // Not a bean: the application's transaction manager is JPA's.
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(database));
    }

    /**
     * Does {@code work} in one transaction that does not wait for the disk: what PostgreSQL loses
     * when it crashes, the streams know, and the next comparison writes it again.
     */
    void together(Runnable work) {
        transactions.executeWithoutResult(
                _ -> {
                    jdbc.sql("set local synchronous_commit = off").update();
                    work.run();
                });
    }

    /** Says that the manager is alive, and what its translations found. */
    void renew(String manager, Set<Finding> findings) {
        jdbc.sql(
                        """
                        insert into manager (id, renewed, findings)
                        values (:id, clock_timestamp(), :findings::jsonb)
                        on conflict (id) do update
                        set renewed = excluded.renewed, findings = excluded.findings
                        """)
                .param("id", manager)
                .param("findings", JSON.writeValueAsString(findings))
                .update();
    }

    /** What the translations of the other managers that are alive found. */
    Set<Finding> findingsOfOthers(String manager, Duration lease) {
        Set<Finding> findings = new HashSet<>();
        jdbc.sql(
                        """
                        select findings::text as findings from manager
                        where id <> :id and findings <> '[]'
                          and renewed >= clock_timestamp() - make_interval(secs => :lease)
                        """)
                .param("id", manager)
                .param("lease", lease.toMillis() / 1000.0)
                .query(
                        row -> {
                            findings.addAll(
                                    List.of(
                                            JSON.readValue(
                                                    row.getString("findings"), Finding[].class)));
                        });
        return findings;
    }

    /**
     * Writes a proxy that is connected.
     *
     * @return false if a younger incarnation of the node is there
     */
    boolean upsert(FleetMember member, boolean healthSaid) {
        return jdbc.sql(
                                """
                                insert into proxy as p (node, connection, manager, version, started,
                                    connected, healthy, health_message, registration)
                                values (:node, :connection, :manager, :version, :started,
                                    :connected, :healthy, :message, :registration::jsonb)
                                on conflict (node) do update set
                                    connection = excluded.connection, manager = excluded.manager,
                                    version = excluded.version, started = excluded.started,
                                    connected = excluded.connected, leaves = null,
                                    registration = excluded.registration,
                                    healthy = case when :said or p.started <> excluded.started
                                        then excluded.healthy else p.healthy end,
                                    health_message = case when :said or p.started <> excluded.started
                                        then excluded.health_message else p.health_message end
                                where p.started <= excluded.started
                                """)
                        .param("node", member.node())
                        .param("connection", member.connection())
                        .param("manager", member.manager())
                        .param("version", member.version())
                        .param("started", Timestamp.from(member.started()))
                        .param("connected", Timestamp.from(member.connected()))
                        .param("healthy", member.health().healthy())
                        .param("message", member.health().message())
                        .param("registration", JSON.writeValueAsString(member.registration()))
                        .param("said", healthSaid)
                        .update()
                == 1;
    }

    /** Notes that a proxy's connection broke. */
    void leave(FleetMember member, Duration grace) {
        jdbc.sql(
                        """
                        update proxy
                        set leaves = clock_timestamp() + make_interval(secs => :grace)
                        where node = :node and connection = :connection and leaves is null
                        """)
                .param("node", member.node())
                .param("connection", member.connection())
                .param("grace", grace.toMillis() / 1000.0)
                .update();
    }

    /** Takes a proxy out that said goodbye. */
    void remove(String node, String connection) {
        jdbc.sql(TAKE_OUT.formatted("node = :node and connection = :connection"))
                .param("node", node)
                .param("connection", connection)
                .query(Integer.class)
                .single();
    }

    /** Writes how far a proxy is. */
    void progress(FleetMember member, ProxyProgress progress) {
        jdbc.sql(
                        """
                        update proxy
                        set progress = :progress::jsonb, progressed = clock_timestamp()
                        where node = :node and connection = :connection
                        """)
                .param("node", member.node())
                .param("connection", member.connection())
                .param("progress", JSON.writeValueAsString(progress))
                .update();
    }

    /**
     * Takes out proxies that did not come back in time, those of managers whose lease ran out, and
     * those that an earlier run of this manager left behind.
     *
     * @param connections the streams that this manager has
     * @return how many
     */
    int sweep(String manager, List<String> connections, Duration lease) {
        jdbc.sql(
                        """
                        delete from manager
                        where renewed < clock_timestamp() - make_interval(secs => 10 * :lease)
                        """)
                .param("lease", lease.toMillis() / 1000.0)
                .update();
        jdbc.sql("delete from departed_service where departed < clock_timestamp() - " + REMEMBERED)
                .update();
        return jdbc.sql(
                        TAKE_OUT.formatted(
                                """
                                leaves < clock_timestamp()
                                or not exists (
                                    select 1 from manager m where m.id = proxy.manager
                                    and m.renewed
                                        >= clock_timestamp() - make_interval(secs => :lease))
                                or (manager = :manager and connection not in (
                                    select jsonb_array_elements_text(:connections::jsonb)))
                                """))
                .param("lease", lease.toMillis() / 1000.0)
                .param("manager", manager)
                .param("connections", JSON.writeValueAsString(connections))
                .query(Integer.class)
                .single();
    }

    /** The services whose last workload has gone, and those whose first one of several has. */
    List<DepartedService> departed() {
        return jdbc.sql(
                        """
                        select domain, ports::text as ports from departed_service
                        order by departed desc limit 1000
                        """)
                .query(
                        (row, number) ->
                                new DepartedService(
                                        row.getString("domain"),
                                        List.of(
                                                JSON.readValue(
                                                        row.getString("ports"),
                                                        ServedPort[].class))))
                .list();
    }

    /** Tells the other managers that rows have changed. */
    void notifyOthers(String manager, String what) {
        jdbc.sql("select pg_notify(:channel, :payload)")
                .param("channel", CHANNEL)
                .param("payload", manager + " " + what)
                .query((row, number) -> number)
                .list();
    }

    /** One row. */
    record Row(FleetMember member, Optional<ProxyProgress> progress) {}

    /** All rows; one that cannot be read is set aside alone. */
    List<Row> all() {
        return jdbc
                .sql(
                        """
                        select node, connection, manager, version, started, connected, healthy,
                               health_message, leaves is not null as leaving,
                               registration::text as registration, progress::text as progress
                        from proxy
                        """)
                .query(FleetTable::row)
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** By connection, the progress of other managers' proxies that was written of late. */
    Map<String, ProxyProgress> recentProgress(String manager, Duration within) {
        Map<String, ProxyProgress> recent = new HashMap<>();
        jdbc.sql(
                        """
                        select connection, progress::text as progress from proxy
                        where manager <> :manager
                          and progressed > clock_timestamp() - make_interval(secs => :within)
                        """)
                .param("manager", manager)
                .param("within", within.toMillis() / 1000.0)
                .query(
                        row -> {
                            recent.put(
                                    row.getString("connection"),
                                    JSON.readValue(row.getString("progress"), ProxyProgress.class));
                        });
        return recent;
    }

    private static Optional<Row> row(ResultSet row, int number) throws SQLException {
        String node = row.getString("node");
        String progress = row.getString("progress");
        try {
            FleetMember member =
                    new FleetMember(
                            node,
                            row.getString("connection"),
                            row.getString("manager"),
                            row.getString("version"),
                            instant(row.getTimestamp("started")),
                            instant(row.getTimestamp("connected")),
                            new WorkloadHealth(
                                    row.getBoolean("healthy"), row.getString("health_message")),
                            row.getBoolean("leaving"),
                            JSON.readValue(row.getString("registration"), Registration.class));
            return Optional.of(
                    new Row(
                            member,
                            progress == null
                                    ? Optional.empty()
                                    : Optional.of(JSON.readValue(progress, ProxyProgress.class))));
        } catch (JacksonException e) {
            log.warn("A row of the table proxy cannot be read and is set aside node={}", node, e);
            return Optional.empty();
        }
    }

    private static Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? Instant.EPOCH : timestamp.toInstant();
    }
}
