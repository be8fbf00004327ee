package io.lateen.manager.store;

import static io.lateen.manager.store.StoreOnPostgres.TYPE;
import static io.lateen.manager.store.StoreOnPostgres.body;
import static io.lateen.manager.store.StoreOnPostgres.key;
import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.node.JsonNodeFactory;

/** Revisions, history and the replica, on a real PostgreSQL. */
@SuppressWarnings("NullAway.Init") // fields are set by JUnit
final class StoreTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

    static StoreOnPostgres store;

    @BeforeAll
    static void start() {
        store = new StoreOnPostgres(DATABASE.url(), 5000);
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Test
    void beginsWithTheNamespacesOfTheMesh() {
        assertThat(store.replica.list(ObjectType.NAMESPACE, "").objects())
                .extracting(object -> object.key().name())
                .containsExactly("default", "istio-system");
    }

    @Test
    void showsAWriteToWhoeverWroteIt() {
        long revision = store.create("shown", 1);

        assertThat(store.replica.revision()).isGreaterThanOrEqualTo(revision);
        assertThat(store.replica.find(key("shown")).orElseThrow().revision()).isEqualTo(revision);
    }

    @Test
    void raisesTheGenerationWithTheSpecOnly() {
        store.create("generation", 1);

        store.update("generation", 2);
        StoredObject specChanged = store.replica.find(key("generation")).orElseThrow();
        store.store.write(
                "test",
                transaction ->
                        transaction.update(
                                specChanged,
                                StoreOnPostgres.labelled("a", "b"),
                                specChanged.body()));
        StoredObject labelChanged = store.replica.find(key("generation")).orElseThrow();

        assertThat(specChanged.stamp().generation()).isEqualTo(2);
        assertThat(labelChanged.stamp().generation()).isEqualTo(2);
        assertThat(labelChanged.revision()).isGreaterThan(specChanged.revision());
    }

    @Test
    void writesNothingWhenNothingDiffers() {
        store.create("same", 100);
        long before = store.replica.revision();

        store.store.write(
                "test",
                transaction ->
                        transaction.update(
                                transaction.find(key("same")).orElseThrow(),
                                Marks.NONE,
                                new Body(
                                        JsonNodeFactory.instance
                                                .objectNode()
                                                .put("n", new java.math.BigDecimal("1e2")),
                                        null)));

        assertThat(store.replica.revision()).as("100 and 1e2 are one number").isEqualTo(before);
    }

    @Test
    void undoesEverythingWhenThePieceOfWorkThrows() {
        long before = store.replica.revision();

        assertThatThrownBy(
                        () ->
                                store.store.write(
                                        "test",
                                        transaction -> {
                                            transaction.create(key("half"), Marks.NONE, body(1));
                                            throw new IllegalArgumentException("second document");
                                        }))
                .hasMessage("second document");

        assertThat(store.replica.find(key("half"))).isEmpty();
        assertThat(store.create("next", 1)).as("no revision is lost").isEqualTo(before + 1);
    }

    @Test
    void rehearsesWithoutATrace() {
        long before = store.replica.revision();

        StoredObject tried =
                store.store.rehearse(
                        Author.itself("test"),
                        transaction -> transaction.create(key("tried"), Marks.NONE, body(1)));

        assertThat(tried.key()).isEqualTo(key("tried"));
        store.replica.freshen();
        assertThat(store.replica.revision()).isEqualTo(before);
        assertThat(store.replica.find(key("tried"))).isEmpty();
    }

    @Test
    void writesAThousandObjectsAsOneStatementAndInOrder() {
        long before = store.replica.revision();

        store.store.write(
                "test",
                transaction -> {
                    for (int i = 0; i < 1000; i++) {
                        transaction.create(key("bulk-" + i), Marks.NONE, body(i));
                    }
                    return 1000;
                });

        assertThat(store.replica.revision()).isEqualTo(before + 1000);
        assertThat(store.replica.find(key("bulk-999")).orElseThrow().revision())
                .isEqualTo(before + 1000);
    }

    @Test
    void tellsChangesInOrderWithTheStateBefore() throws InterruptedException {
        long before = store.replica.revision();
        store.create("told", 1);
        store.update("told", 2);
        store.delete("told");
        store.create("told", 3);

        Changes.Next next = (Changes.Next) store.replica.changesAfter(before, 100, Duration.ZERO);

        assertThat(next.changes())
                .extracting(Change::action)
                .containsExactly(Action.CREATED, Action.UPDATED, Action.DELETED, Action.CREATED);
        assertThat(next.changes().get(1).before()).isEqualTo(next.changes().get(0).after());
        assertThat(next.changes().get(3).before()).isNull();
        assertThat(next.changes().get(3).after().stamp().uid())
                .as("another object of that name")
                .isNotEqualTo(next.changes().get(0).after().stamp().uid());
    }

    @Test
    void knowsWhatAListWasLikeEarlier() {
        store.create("was-kept", 1);
        store.create("was-deleted", 1);
        long then = store.replica.revision();
        Listing now = store.replica.list(TYPE, "default");
        store.update("was-kept", 2);
        store.delete("was-deleted");
        store.create("came-later", 1);

        Optional<Listing> again = store.replica.listAt(then, TYPE, "default");

        assertThat(again).contains(now);
        assertThat(store.replica.listAt(then + 1000, TYPE, "default")).isEmpty();
    }

    @Test
    void aSecondManagerSeesAWriteSoon() {
        try (var other = new StoreOnPostgres(DATABASE.url(), 5000)) {
            long revision = store.create("seen-elsewhere", 1);

            eventually(
                    Duration.ofMillis(900),
                    () -> assertThat(other.replica.revision()).isGreaterThanOrEqualTo(revision));
        }
    }

    @Test
    void aNewManagerKnowsTheChangesThatCameBeforeIt() throws InterruptedException {
        long before = store.create("older", 1);
        store.update("older", 2);
        long end = store.replica.revision();

        try (var other = new StoreOnPostgres(DATABASE.url(), 5000)) {
            Changes.Next next =
                    (Changes.Next) other.replica.changesAfter(before, 100, Duration.ZERO);

            assertThat(next.revision()).isEqualTo(end);
            assertThat(next.changes()).hasSize(1);
            assertThat(next.changes().getFirst().before())
                    .as("the state before is read from further back")
                    .isNotNull();
        }
    }

    @Test
    void healsALostNotificationWithinFiveSeconds() {
        long before = store.replica.revision();

        // A write as another manager does it, whose NOTIFY never arrives.
        store.jdbc
                .sql(
                        """
                        with counter as (
                            update revision set value = value + 1 returning value)
                        insert into history (revision, written_at, actor, action, api_group, kind,
                                             namespace, name, object)
                        select value, now(), 'other', 'CREATED', 'networking.istio.io',
                               'VirtualService', 'default', 'unheard',
                               '{"uid": "00000000-0000-0000-0000-000000000001",
                                 "created": "2026-11-22T00:00:00Z", "generation": 1,
                                 "spec": {}}'::jsonb
                        from counter
                        """)
                .update();

        eventually(
                Duration.ofSeconds(5),
                () -> assertThat(store.replica.revision()).isEqualTo(before + 1));
        assertThat(store.replica.find(key("unheard"))).isPresent();
    }

    @Test
    void forgetsOldHistoryButNotTheStateOfWhatIsThere() throws InterruptedException {
        String url = EmbeddedDatabase.fresh();
        try (var small = new StoreOnPostgres(url, 100)) {
            small.create("long-lived", 1);
            small.create("gone", 1);
            small.delete("gone");
            long start = small.replica.revision();
            small.create("busy", 0);
            for (int i = 1; i < 300; i++) {
                small.update("busy", i);
            }

            int rows = small.compaction().run();

            assertThat(rows).isGreaterThan(100);
            assertThat(small.replica.changesAfter(start, 10, Duration.ZERO))
                    .isInstanceOf(Changes.Expired.class);
            small.update("long-lived", 2);
            try (var late = new StoreOnPostgres(url, 100)) {
                long head = late.replica.revision();
                Changes.Next next =
                        (Changes.Next) late.replica.changesAfter(head - 1, 10, Duration.ZERO);
                assertThat(next.changes().getFirst().before())
                        .as("its last state before the cut was kept")
                        .isNotNull();
                assertThat(late.replica.list(TYPE, "").objects())
                        .isEqualTo(small.replica.list(TYPE, "").objects());
            }
        }
    }

    @Test
    void keepsListsInTheOrderOfTheirNames() {
        store.create("order-b", 1);
        store.create("order-a", 1);

        List<String> names =
                store.replica.list(TYPE, "default").objects().stream()
                        .map(object -> object.key().name())
                        .toList();

        assertThat(names).isSorted();
    }
}
