package io.lateen.manager.store;

import static io.lateen.manager.store.StoreOnPostgres.key;
import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lateen.testkit.postgres.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** PostgreSQL goes away and comes back. */
final class OutageTest {
    @Test
    void losesNothingAcknowledgedWhenPostgresStopsAndStartsUnderLoad() throws Exception {
        try (PostgresServer server = PostgresServer.start();
                var store = new StoreOnPostgres(server.createDatabase("outage"), 5000)) {
            Map<String, Long> acknowledged = new ConcurrentHashMap<>();
            var refused = new AtomicInteger();
            var stop = new AtomicBoolean();
            List<Thread> writers = new ArrayList<>();
            for (int w = 0; w < 4; w++) {
                String writer = "w" + w + "-";
                writers.add(
                        Thread.ofVirtual()
                                .start(() -> write(store, writer, acknowledged, refused, stop)));
            }
            eventually(() -> assertThat(acknowledged).hasSizeGreaterThan(50));

            server.stop();
            eventually(() -> assertThat(refused.get()).isGreaterThan(4));
            assertThatThrownBy(() -> store.create("while-away", 1))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("PostgreSQL does not take writes");
            assertThat(store.replica.freshen()).as("reads say that they may be old").isFalse();
            String known = acknowledged.keySet().iterator().next();
            assertThat(store.replica.find(key(known))).as("reads go on from memory").isPresent();
            server.resume();

            int before = acknowledged.size();
            eventually(
                    Duration.ofSeconds(15),
                    () -> assertThat(acknowledged).hasSizeGreaterThan(before + 50));
            stop.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
            eventually(() -> assertThat(store.replica.freshen()).isTrue());
            assertThat(acknowledged)
                    .allSatisfy(
                            (name, revision) ->
                                    assertThat(
                                                    store.replica
                                                            .find(key(name))
                                                            .orElseThrow()
                                                            .revision())
                                            .isEqualTo(revision));
        }
    }

    private static void write(
            StoreOnPostgres store,
            String writer,
            Map<String, Long> acknowledged,
            AtomicInteger refused,
            AtomicBoolean stop) {
        for (int i = 0; !stop.get(); i++) {
            try {
                acknowledged.put(writer + i, store.create(writer + i, i));
            } catch (StoreUnavailable e) {
                refused.incrementAndGet();
            }
        }
    }
}
