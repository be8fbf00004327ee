package io.lateen.mixer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.testkit.property.Property;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counting in fixed memory. */
final class EdgeBookTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    private record Said(Instant at, Call call) {}

    @Test
    void everyWindowCountsWhatFellIntoIt() {
        Property.forAll(
                200,
                random -> {
                    EdgeBook book = new EdgeBook(100);
                    List<Said> all = new ArrayList<>();
                    Instant now = START;
                    for (int i = random.nextInt(1, 400); i > 0; i--) {
                        now = now.plusMillis(random.nextInt(0, 30_000));
                        Party target = Party.workload("default", "w" + random.nextInt(4), "w", "");
                        Call call =
                                Calls.http(
                                        Calls.CALLER,
                                        target,
                                        random.nextBoolean()
                                                ? Reporter.SOURCE
                                                : Reporter.DESTINATION,
                                        200 + random.nextInt(3),
                                        random.nextInt(1, 100_000));
                        all.add(new Said(now, call));
                        book.add(call, now);
                        if (random.nextInt(20) == 0) {
                            book.tidy(now);
                        }
                    }
                    for (Resolution resolution : Resolution.values()) {
                        long last = resolution.slotAt(now);
                        long first = last - random.nextInt(resolution.slots());
                        Observed observed = new Observed();

                        book.addTo(observed, resolution, first, last);

                        assertThat(counted(observed))
                                .as("from %s to %s of %s", first, last, resolution)
                                .isEqualTo(
                                        all.stream()
                                                .filter(
                                                        each ->
                                                                resolution.slotAt(each.at())
                                                                        >= first)
                                                .count());
                        assertThat(received(observed)).isEqualTo(10 * counted(observed));
                    }
                });
    }

    private static long counted(Observed observed) {
        return observed.lines().stream()
                .map(line -> observed.tally(line.edge(), line.reporter()).orElseThrow())
                .mapToLong(
                        tally -> {
                            long byCode = tally.codes().values().stream().mapToLong(it -> it).sum();
                            assertThat(byCode).isEqualTo(tally.calls());
                            return tally.calls();
                        })
                .sum();
    }

    private static long received(Observed observed) {
        return observed.lines().stream()
                .map(line -> observed.tally(line.edge(), line.reporter()).orElseThrow())
                .mapToLong(Tally::bytesReceived)
                .sum();
    }

    @Test
    void whatFindsNoRoomIsCountedTogetherAndSaid() {
        EdgeBook book = new EdgeBook(3);
        for (int i = 0; i < 10; i++) {
            Party target = Party.workload("default", "w" + i, "w", "");
            book.add(Calls.http(Calls.CALLER, target, Reporter.SOURCE, 200, 1), START);
        }

        Observed observed = all(book, START);

        assertThat(book.size()).isEqualTo(3);
        assertThat(observed.edges())
                .extracting(EdgeKey::target)
                .containsExactly("default/w0", "default/w1", "other");
        assertThat(observed.tally(EdgeKey.OTHER, Reporter.SOURCE).orElseThrow().calls())
                .isEqualTo(8);
        assertThat(observed.overflowed()).isEqualTo(8);
    }

    @Test
    void namesFromOutsideLeaveRoomForTheMesh() {
        EdgeBook book = new EdgeBook(40);
        for (int i = 0; i < 1_000; i++) {
            Party host = Party.outside(i + ".example.com");
            book.add(Calls.http(Calls.CALLER, host, Reporter.SOURCE, 200, 1), START);
        }
        book.add(Calls.http(Reporter.SOURCE, 200, 1), START);

        Observed observed = all(book, START);

        assertThat(book.size()).as("a quarter, what finds no room, and ours").isEqualTo(12);
        assertThat(observed.edges()).extracting(EdgeKey::target).contains("default/back-v1");
    }

    @Test
    void anEdgeWithoutCallsForAnHourMakesRoom() {
        EdgeBook book = new EdgeBook(3);
        book.add(Calls.http(Reporter.SOURCE, 200, 1), START);
        Instant later = START.plus(Duration.ofMinutes(62));

        book.tidy(later);

        assertThat(book.size()).isZero();
        assertThat(all(book, later).parties()).isEmpty();
    }

    @Test
    void whatSidecarsDroppedIsSaidForAnHour() {
        EdgeBook book = new EdgeBook(3);
        book.addDropped(7, START);

        assertThat(all(book, START.plusSeconds(3_000)).dropped()).isEqualTo(7);
        assertThat(all(book, START.plusSeconds(3_700)).dropped()).isZero();
    }

    @Test
    void moreThanSixteenCodesAreCountedTogether() {
        EdgeBook book = new EdgeBook(3);
        for (int code = 200; code < 240; code++) {
            book.add(Calls.http(Reporter.SOURCE, code, 1), START);
        }

        Tally tally =
                all(book, START)
                        .tally(Calls.http(Reporter.SOURCE, 200, 1).key(), Reporter.SOURCE)
                        .orElseThrow();

        assertThat(tally.codes()).hasSize(16).containsEntry(Tally.OTHER_CODE, 25L);
        assertThat(tally.calls()).isEqualTo(40);
    }

    @Test
    void aTallyIsReadAsItWasWritten() {
        Property.forAll(
                200,
                random -> {
                    Tally tally = new Tally();
                    for (int i = random.nextInt(0, 50); i > 0; i--) {
                        tally.add(
                                new Call.Outcome(
                                        random.nextInt(-1, 30),
                                        random.nextInt(-1, 10_000_000),
                                        random.nextBoolean()
                                                ? Call.Security.MUTUAL_TLS
                                                : Call.Security.NONE,
                                        random.nextInt(1_000),
                                        random.nextInt(1_000)));
                    }

                    Tally read = Tally.of(tally.numbers());

                    assertThat(read).usingRecursiveComparison().isEqualTo(tally);
                });
    }

    private static Observed all(EdgeBook book, Instant now) {
        Observed observed = new Observed();
        long last = Resolution.COARSE.slotAt(now);
        book.addTo(observed, Resolution.COARSE, last - 60, last);
        return observed;
    }
}
