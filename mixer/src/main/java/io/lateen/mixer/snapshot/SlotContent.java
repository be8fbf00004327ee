package io.lateen.mixer.snapshot;

import io.lateen.mixer.report.EdgeKey;
import io.lateen.mixer.report.Observed;
import io.lateen.mixer.report.Party;
import io.lateen.mixer.report.Protocol;
import io.lateen.mixer.report.Reporter;
import io.lateen.mixer.report.Tally;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * One slot as it is kept: readable to whoever looks into the database.
 *
 * @param edges counts per edge and reporter, as {@link Tally#numbers}
 */
record SlotContent(List<PartyRow> parties, List<EdgeRow> edges, long dropped, long overflowed) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Who stands behind an id. */
    record PartyRow(
            String kind,
            String id,
            String namespace,
            String workload,
            String service,
            String version) {}

    /** Counts of one edge by one reporter. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record EdgeRow(
            String source,
            String target,
            String service,
            String protocol,
            String reporter,
            long[] counts) {}

    static SlotContent of(Observed observed) {
        return new SlotContent(
                observed.parties().stream().map(SlotContent::row).toList(),
                observed.lines().stream().map(line -> row(observed, line)).toList(),
                observed.dropped(),
                observed.overflowed());
    }

    /** Adds it to what was seen elsewhere. */
    void addTo(Observed sum) {
        for (PartyRow row : parties) {
            sum.add(
                    new Party(
                            Party.Kind.of(row.kind()),
                            row.id(),
                            row.namespace(),
                            row.workload(),
                            row.service(),
                            row.version()));
        }
        for (EdgeRow row : edges) {
            sum.add(
                    new Observed.Line(
                            new EdgeKey(
                                    row.source(),
                                    row.target(),
                                    row.service(),
                                    Protocol.of(row.protocol())),
                            Reporter.of(row.reporter())),
                    Tally.of(row.counts()));
        }
        sum.addLosses(dropped, overflowed);
    }

    String json() {
        return JSON.writeValueAsString(this);
    }

    static SlotContent parse(String json) {
        return JSON.readValue(json, SlotContent.class);
    }

    private static PartyRow row(Party party) {
        return new PartyRow(
                party.kind().word(),
                party.id(),
                party.namespace(),
                party.workload(),
                party.service(),
                party.version());
    }

    private static EdgeRow row(Observed observed, Observed.Line line) {
        EdgeKey edge = line.edge();
        Tally tally = observed.tally(edge, line.reporter()).orElseThrow();
        return new EdgeRow(
                edge.source(),
                edge.target(),
                edge.service(),
                edge.protocol().word(),
                line.reporter().word(),
                tally.numbers());
    }
}
