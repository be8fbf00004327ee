package io.lateen.mixer.report;

import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Everything that this mixer has been told since it started, for the last hour. The number of edges
 * is bounded: what finds no room is counted on one edge, {@code other}, and it is said how much
 * that was. An edge on which nothing happened for an hour makes room. Thread-safe.
 */
public final class EdgeBook {
    private final int most;
    private final ConcurrentHashMap<EdgeKey, Edge> edges = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Party> parties = new ConcurrentHashMap<>();
    private final Losses losses = new Losses();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong overflowed = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /**
     * @param most how many edges are told apart; each takes 110 KB at most
     */
    public EdgeBook(int most) {
        this.most = most;
    }

    /** Counts a call that was reported now. */
    public void add(Call call, Instant now) {
        received.incrementAndGet();
        Moment moment = new Moment(now);
        EdgeKey key = call.key();
        Edge edge = edges.get(key);
        // The last place is the one of what finds none.
        if (edge == null && !hasRoomFor(key)) {
            overflowed.incrementAndGet();
            losses.overflowed(moment);
            key = EdgeKey.OTHER;
            name(Party.OTHER);
            edge = edges.computeIfAbsent(key, _ -> new Edge());
        } else {
            if (edge == null) {
                edge = edges.computeIfAbsent(key, _ -> new Edge());
            }
            name(call.source());
            name(call.target());
        }
        edge.add(call.reporter(), moment, call.outcome());
        // It may have been tidied away as empty between being found and being counted on.
        edges.putIfAbsent(key, edge);
    }

    /** Counts calls of which a sidecar says that it had to drop their records. */
    public void addDropped(long calls, Instant now) {
        dropped.addAndGet(calls);
        losses.dropped(calls, new Moment(now));
    }

    /** Names of hosts outside are anybody's choice: they take a quarter of the room at most. */
    private boolean hasRoomFor(EdgeKey key) {
        if (edges.size() >= most - 1) {
            return false;
        }
        return !key.target().startsWith(Party.OUTSIDE)
                || edges.keySet().stream()
                                .filter(each -> each.target().startsWith(Party.OUTSIDE))
                                .count()
                        < most / 4;
    }

    private void name(Party party) {
        Party known = parties.get(party.id());
        if (known == null || (party.saysMoreThan(known) && !party.equals(known))) {
            parties.put(party.id(), party);
        }
    }

    /** Adds what the slots from {@code first} to {@code last} have seen. */
    public void addTo(Observed sum, Resolution resolution, long first, long last) {
        edges.forEach(
                (key, edge) -> {
                    for (Reporter reporter : Reporter.values()) {
                        Tally tally = new Tally();
                        if (edge.addTo(tally, reporter, resolution, first, last)) {
                            sum.add(new Observed.Line(key, reporter), tally);
                            nameIn(sum, key.source());
                            nameIn(sum, key.target());
                        }
                    }
                });
        losses.addTo(sum, resolution, first, last);
    }

    private void nameIn(Observed sum, String id) {
        Party party = parties.get(id);
        if (party != null) {
            sum.add(party);
        }
    }

    /** Lets go of what is older than an hour. */
    public void tidy(Instant now) {
        Moment moment = new Moment(now);
        edges.entrySet().removeIf(each -> !each.getValue().keepFrom(moment));
        losses.keepFrom(moment);
        parties.keySet()
                .removeIf(
                        id ->
                                edges.keySet().stream()
                                        .noneMatch(
                                                key ->
                                                        key.source().equals(id)
                                                                || key.target().equals(id)));
    }

    /** How many edges there are at the moment. */
    public int size() {
        return edges.size();
    }

    /** How many calls were counted since the start. */
    public long received() {
        return received.get();
    }

    /** How many of them found no room, since the start. */
    public long overflowed() {
        return overflowed.get();
    }

    /** How many calls were lost on the way, since the start. */
    public long dropped() {
        return dropped.get();
    }
}
