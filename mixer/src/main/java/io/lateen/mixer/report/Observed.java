package io.lateen.mixer.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was seen in some time, added up from wherever it was kept: the book in memory, rows of other
 * mixers. Confined to its thread.
 */
public final class Observed {
    private final Map<String, Party> parties = new LinkedHashMap<>();
    private final Map<Line, Tally> tallies = new LinkedHashMap<>();
    private long dropped;
    private long overflowed;

    /** What is counted apart. */
    public record Line(EdgeKey edge, Reporter reporter) {}

    /** Adds the counts of one edge by one reporter. */
    public void add(Line line, Tally tally) {
        tallies.computeIfAbsent(line, _ -> new Tally()).add(tally);
    }

    /** Says who stands behind an id; the last who says more than the others is believed. */
    public void add(Party party) {
        parties.merge(party.id(), party, (known, said) -> said.saysMoreThan(known) ? said : known);
    }

    /** Adds what was lost. */
    public void addLosses(long droppedCalls, long overflowedCalls) {
        dropped += droppedCalls;
        overflowed += overflowedCalls;
    }

    /** Whether nothing was seen, nor lost. */
    public boolean isEmpty() {
        return tallies.isEmpty() && dropped == 0 && overflowed == 0;
    }

    /** Each edge once, in order. */
    public List<EdgeKey> edges() {
        return tallies.keySet().stream().map(Line::edge).distinct().sorted().toList();
    }

    /** What is counted apart. */
    public Collection<Line> lines() {
        return new ArrayList<>(tallies.keySet());
    }

    /** What one side has reported of an edge. */
    public Optional<Tally> tally(EdgeKey edge, Reporter reporter) {
        return Optional.ofNullable(tallies.get(new Line(edge, reporter)));
    }

    /** Who stands behind an id. */
    public Party party(String id) {
        return parties.getOrDefault(id, new Party(Party.Kind.UNKNOWN, id, "", "", "", ""));
    }

    /** All that were named. */
    public Collection<Party> parties() {
        return new ArrayList<>(parties.values());
    }

    /** Calls that happened and of which no record came. */
    public long dropped() {
        return dropped;
    }

    /** Calls that were counted together because there were too many edges. */
    public long overflowed() {
        return overflowed;
    }
}
