package io.lateen.portal.events;

import io.lateen.portal.caller.Grants;
import io.lateen.portal.graph.Graphs;
import io.lateen.portal.mesh.CertificateStanding;
import io.lateen.portal.mesh.SidecarStanding;
import io.lateen.portal.mesh.TrafficEdge;
import io.lateen.portal.mesh.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares what is with what was told last, and says what is new. Used by the loop's thread, and by
 * whoever joins, for how things are.
 */
final class Changes {
    private Graphs.@Nullable Look graph;
    private @Nullable SidecarStanding sidecars;
    private @Nullable CertificateStanding certificates;
    private MeshEvent.@Nullable ConfigChanged lastWrite;
    private long revision = -1;

    /** How things are, as events. */
    synchronized List<MeshEvent> now() {
        List<MeshEvent> events = new ArrayList<>();
        Graphs.Look look = graph;
        if (look != null) {
            events.add(
                    new MeshEvent.GraphChanged(
                            look.traffic().asOf(), look.layoutKey(), look.traffic().edges()));
        }
        if (lastWrite != null) {
            events.add(lastWrite);
        }
        if (sidecars != null) {
            events.add(new MeshEvent.ProxiesChanged(sidecars));
        }
        if (certificates != null) {
            events.add(new MeshEvent.CertificatesChanged(certificates));
        }
        return events;
    }

    /** What has changed in the graph. */
    synchronized Optional<MeshEvent> graph(Graphs.Look next) {
        Graphs.Look before = graph;
        graph = next;
        if (before == null) {
            return Optional.of(
                    new MeshEvent.GraphChanged(
                            next.traffic().asOf(), next.layoutKey(), next.traffic().edges()));
        }
        Map<String, TrafficEdge> known = new HashMap<>();
        before.traffic().edges().forEach(edge -> known.put(edge.id(), edge));
        List<TrafficEdge> changed =
                next.traffic().edges().stream()
                        .filter(edge -> !edge.equals(known.get(edge.id())))
                        .toList();
        boolean same = changed.isEmpty() && before.layoutKey().equals(next.layoutKey());
        return same
                ? Optional.empty()
                : Optional.of(
                        new MeshEvent.GraphChanged(
                                next.traffic().asOf(), next.layoutKey(), changed));
    }

    /** What was written since, oldest first. */
    synchronized List<MeshEvent> writes(List<Write> newestFirst, Grants grants) {
        List<MeshEvent> events = new ArrayList<>();
        for (Write write : newestFirst.reversed()) {
            if (write.revision() > revision) {
                lastWrite = event(write, grants);
                // The first look says how things are, not all that has ever happened.
                if (revision >= 0) {
                    events.add(lastWrite);
                }
            }
        }
        boolean first = revision < 0;
        for (Write write : newestFirst) {
            revision = Math.max(revision, write.revision());
        }
        if (first) {
            revision = Math.max(revision, 0);
            if (lastWrite != null) {
                events.add(lastWrite);
            }
        }
        return events;
    }

    /** Whether sidecars got further. */
    synchronized Optional<MeshEvent> sidecars(SidecarStanding next) {
        boolean same = next.equals(sidecars);
        sidecars = next;
        return same ? Optional.empty() : Optional.of(new MeshEvent.ProxiesChanged(next));
    }

    /** Whether certificates changed. */
    synchronized Optional<MeshEvent> certificates(CertificateStanding next) {
        boolean same = next.equals(certificates);
        certificates = next;
        return same ? Optional.empty() : Optional.of(new MeshEvent.CertificatesChanged(next));
    }

    private static MeshEvent.ConfigChanged event(Write write, Grants grants) {
        boolean seen = write.namespace().isEmpty() || grants.see(write.namespace());
        return new MeshEvent.ConfigChanged(
                Long.toString(write.revision()),
                write.at(),
                seen ? write.actor() : "",
                write.action(),
                seen ? write.kind() : null,
                seen ? write.namespace() : null,
                seen ? write.name() : null);
    }
}
