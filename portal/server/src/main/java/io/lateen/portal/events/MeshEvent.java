package io.lateen.portal.events;

import io.lateen.portal.mesh.CertificateStanding;
import io.lateen.portal.mesh.SidecarStanding;
import io.lateen.portal.mesh.TrafficEdge;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a stream says. The event's name is the topic's, or {@code resync} or {@code ended}. */
sealed interface MeshEvent {

    /** The event's name on the wire. */
    String event();

    /**
     * The graph of five minutes has changed.
     *
     * @param layoutKey when it is another than the page has, nodes or edges came or went: ask for
     *     the graph again
     * @param edges the edges whose figures changed
     */
    record GraphChanged(Instant asOf, String layoutKey, List<TrafficEdge> edges)
            implements MeshEvent {
        @Override
        public String event() {
            return "graph";
        }
    }

    /** A rule was written. The object's fields are null when the caller may not see it. */
    record ConfigChanged(
            String revision,
            Instant at,
            String actor,
            String action,
            @Nullable String kind,
            @Nullable String namespace,
            @Nullable String name)
            implements MeshEvent {
        @Override
        public String event() {
            return "config";
        }
    }

    /** Sidecars came, went, or got further. */
    record ProxiesChanged(SidecarStanding sidecars) implements MeshEvent {
        @Override
        public String event() {
            return "proxies";
        }
    }

    /** Certificates were issued or end soon. */
    record CertificatesChanged(CertificateStanding certificates) implements MeshEvent {
        @Override
        public String event() {
            return "certificates";
        }
    }

    /** Events were missed: ask for everything again. */
    record Resync(String reason) implements MeshEvent {
        @Override
        public String event() {
            return "resync";
        }
    }

    /** The session has ended; nothing more comes. */
    record Ended(String reason) implements MeshEvent {
        @Override
        public String event() {
            return "ended";
        }
    }
}
