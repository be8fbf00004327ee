package io.lateen.mixer.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.testkit.property.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Never more than the limit says. */
final class QuotaBookTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void noKeyEverGetsMoreThanTheLimitWithinAWindow() {
        Property.forAll(
                200,
                random -> {
                    boolean crowded = random.nextBoolean();
                    QuotaBook book = new QuotaBook(crowded ? random.nextInt(1, 8) : 100);
                    long most = random.nextLong(1, 20);
                    Limit limit = limit("a/b/0", most, Duration.ofSeconds(10));
                    book.put(List.of(limit));
                    Map<String, List<Long>> granted = new HashMap<>();
                    long now = 0;
                    for (int i = 0; i < 500; i++) {
                        now += random.nextLong(SECOND);
                        String key = "k" + random.nextInt(12);
                        if (random.nextInt(10) == 0) {
                            book.tidy(now);
                        }
                        if (one(book, limit.id(), key, 1, now).granted()) {
                            granted.computeIfAbsent(key, _ -> new ArrayList<>()).add(now);
                        }
                    }
                    granted.forEach(
                            (key, times) -> {
                                assertWithinAnyTenSeconds(times, 2 * most, key);
                                if (!crowded) {
                                    assertWithinWindows(times, most, key);
                                }
                            });
                });
    }

    /** What a fixed window promises at its border, whoever else is counted in it. */
    private static void assertWithinAnyTenSeconds(List<Long> times, long most, String key) {
        for (int first = 0; first < times.size(); first++) {
            long end = times.get(first) + 10 * SECOND;
            long count = times.stream().skip(first).filter(time -> time < end).count();
            assertThat(count).as("granted to %s in ten seconds", key).isLessThanOrEqualTo(most);
        }
    }

    /**
     * By the rule as it is written: a window begins with a grant outside of the last, and holds so
     * many at most.
     */
    private static void assertWithinWindows(List<Long> times, long most, String key) {
        long begin = Long.MIN_VALUE / 2;
        long count = 0;
        for (long time : times) {
            if (time - begin >= 10 * SECOND) {
                begin = time;
                count = 0;
            }
            count++;
            assertThat(count).as("granted to %s in one window", key).isLessThanOrEqualTo(most);
        }
    }

    @Test
    void everythingWithinTheLimitIsGrantedWhileThereIsRoom() {
        QuotaBook book = new QuotaBook(1_000);
        Limit limit = limit("a/b/0", 5, Duration.ofSeconds(10));
        book.put(List.of(limit));
        for (int key = 0; key < 100; key++) {
            for (int i = 1; i <= 7; i++) {
                Standing standing = one(book, limit.id(), "k" + key, 1, i * SECOND);
                assertThat(standing.granted()).isEqualTo(i <= 5);
                assertThat(standing.remaining()).isEqualTo(Math.max(0, 5 - i));
                assertThat(standing.resetNanos()).isEqualTo((11 - i) * SECOND);
            }
        }
        assertThat(one(book, limit.id(), "k1", 1, 11 * SECOND).granted())
                .as("the next window")
                .isTrue();
    }

    @Test
    void manyThreadsTogetherGetExactlyTheLimit() throws Exception {
        QuotaBook book = new QuotaBook(1_000);
        long most = 10_000;
        book.put(List.of(limit("a/b/0", most, Duration.ofMinutes(1))));
        AtomicLong granted = new AtomicLong();
        int threads = 8;
        CountDownLatch ready = new CountDownLatch(threads);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                all.add(
                        pool.submit(
                                () -> {
                                    ready.countDown();
                                    ready.await();
                                    for (int i = 0; i < 3_000; i++) {
                                        if (one(book, "a/b/0", "k", 1, i).granted()) {
                                            granted.incrementAndGet();
                                        }
                                        if (i % 500 == 0) {
                                            book.tidy(i);
                                        }
                                    }
                                    return null;
                                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }

        assertThat(granted.get()).isEqualTo(most);
    }

    @Test
    void aRequestThatOneLimitRefusesUsesNothingOfTheOthers() {
        QuotaBook book = new QuotaBook(1_000);
        book.put(
                List.of(
                        limit("a/b/0", 10, Duration.ofMinutes(1)),
                        limit("a/b/1", 2, Duration.ofMinutes(1))));
        List<Demand> both = List.of(new Demand("a/b/0", "", 1), new Demand("a/b/1", "x", 1));
        for (int i = 0; i < 5; i++) {
            var _ = book.take(both, i);
        }

        assertThat(one(book, "a/b/0", "", 0, 5).remaining()).isEqualTo(8);
        assertThat(book.granted()).as("and the one that only asked").isEqualTo(3);
        assertThat(book.refused()).isEqualTo(3);
    }

    @Test
    void aFullBookLetsGoOfNothingThatIsInUse() {
        QuotaBook book = new QuotaBook(10);
        book.put(List.of(limit("a/b/0", 1, Duration.ofMinutes(1))));
        for (int i = 0; i < 10; i++) {
            assertThat(one(book, "a/b/0", "k" + i, 1, i).granted()).isTrue();
        }

        boolean first = one(book, "a/b/0", "late-1", 1, 20).granted();
        boolean second = one(book, "a/b/0", "late-2", 1, 21).granted();
        book.tidy(22);

        assertThat(first).as("of those without room of their own, one").isTrue();
        assertThat(second).isFalse();
        assertThat(one(book, "a/b/0", "k0", 1, 23).granted()).isFalse();
        assertThat(book.keys()).isEqualTo(10);
        assertThat(book.crowded()).isPositive();
        book.tidy(70 * SECOND);
        assertThat(book.keys()).as("all have ended").isZero();
        assertThat(one(book, "a/b/0", "late-2", 1, 71 * SECOND).granted()).isTrue();
    }

    @Test
    void whatIsUsedOutlivesAChangeOfTheNumber() {
        QuotaBook book = new QuotaBook(10);
        book.put(List.of(limit("a/b/0", 2, Duration.ofMinutes(1))));
        var _ = one(book, "a/b/0", "", 2, 0);

        book.put(List.of(limit("a/b/0", 3, Duration.ofMinutes(1))));

        assertThat(one(book, "a/b/0", "", 1, 1).granted()).isTrue();
        assertThat(one(book, "a/b/0", "", 1, 2).granted()).isFalse();
        book.put(List.of());
        assertThat(book.keys()).isZero();
        assertThat(book.take(List.of(new Demand("a/b/0", "", 1)), 3)).isEmpty();
    }

    private static Limit limit(String id, long requests, Duration window) {
        return new Limit(id, "a/b", requests, window);
    }

    private static Standing one(QuotaBook book, String limit, String key, long hits, long now) {
        Optional<List<Standing>> standings = book.take(List.of(new Demand(limit, key, hits)), now);
        return standings.orElseThrow().getFirst();
    }
}
