package io.lateen.manager.api;

import static io.lateen.manager.api.Rules.JSON;
import static io.lateen.manager.api.Rules.PATH;
import static io.lateen.manager.api.Rules.YAML;
import static io.lateen.manager.api.Rules.virtualService;
import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.manager.RunningManager;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

/** Eight writers and four watchers at two managers for half a minute. */
@Tag("mesh")
final class ConcurrentWritersTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Duration LENGTH = Duration.ofSeconds(30);

    @Test
    void eachWatcherSeesEachRevisionOnceAndInOrder() throws Exception {
        try (RunningManager one =
                        RunningManager.on(
                                DATABASE.url(),
                                "--lateen.store.window=50000",
                                "--lateen.store.history-keep=100000");
                RunningManager two =
                        RunningManager.on(
                                DATABASE.url(),
                                "--lateen.store.window=50000",
                                "--lateen.store.history-keep=100000")) {
            long start = revision(one);
            List<List<Long>> seen = new ArrayList<>();
            List<Stream<String>> streams = new ArrayList<>();
            for (int w = 0; w < 4; w++) {
                Stream<String> lines =
                        (w % 2 == 0 ? one : two)
                                .lines(
                                        PATH
                                                + "?watch=true&timeoutSeconds=300&resourceVersion="
                                                + start);
                List<Long> revisions = new CopyOnWriteArrayList<>();
                streams.add(lines);
                seen.add(revisions);
                Thread.ofVirtual().start(() -> follow(lines, revisions));
            }
            var writes = new AtomicInteger();
            long end = System.nanoTime() + LENGTH.toNanos();
            List<Thread> writers = new ArrayList<>();
            for (int w = 0; w < 8; w++) {
                RunningManager manager = w % 2 == 0 ? one : two;
                String name = "writer-" + w;
                writers.add(Thread.ofVirtual().start(() -> write(manager, name, end, writes)));
            }
            for (Thread writer : writers) {
                writer.join();
            }
            // Conditions are written a little later than what they are about: wait for quiet.
            long last = quietRevision(one);

            List<Long> every = LongStream.rangeClosed(start + 1, last).boxed().toList();
            assertThat(writes.get()).as("writes in " + LENGTH).isGreaterThan(200);
            for (List<Long> revisions : seen) {
                eventually(() -> assertThat(revisions).endsWith(last));
                assertThat(List.copyOf(revisions)).isEqualTo(every);
            }
            streams.forEach(Stream::close);
        }
    }

    private static void write(RunningManager manager, String name, long end, AtomicInteger writes) {
        while (System.nanoTime() < end) {
            manager.send("POST", PATH, YAML, virtualService(name, "v1"));
            manager.send(
                    "PATCH",
                    PATH + "/" + name,
                    "application/merge-patch+json",
                    "{\"metadata\":{\"labels\":{\"n\":\"" + writes.get() + "\"}}}");
            manager.send("DELETE", PATH + "/" + name, JSON, "");
            writes.addAndGet(3);
        }
    }

    private static void follow(Stream<String> lines, List<Long> revisions) {
        try {
            lines.forEach(
                    line ->
                            revisions.add(
                                    Long.parseLong(
                                            MAPPER.readTree(line)
                                                    .at("/object/metadata/resourceVersion")
                                                    .asString())));
        } catch (UncheckedIOException e) {
            // The test closes the stream when it has seen enough.
            assertThat(revisions).isNotEmpty();
        }
    }

    private static long quietRevision(RunningManager manager) {
        long[] last = {-1};
        int[] same = {0};
        eventually(
                () -> {
                    long now = revision(manager);
                    same[0] = now == last[0] ? same[0] + 1 : 0;
                    last[0] = now;
                    assertThat(same[0]).as("unchanged at " + now).isGreaterThan(100);
                });
        return last[0];
    }

    private static long revision(RunningManager manager) {
        return Long.parseLong(
                MAPPER.readTree(manager.get(PATH).body())
                        .at("/metadata/resourceVersion")
                        .asString());
    }
}
