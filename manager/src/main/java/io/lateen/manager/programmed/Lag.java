package io.lateen.manager.programmed;

import io.lateen.manager.ads.ProxyProgress;
import io.lateen.manager.ads.ResourceType;
import io.lateen.manager.ads.TypeProgress;
import io.lateen.manager.fleet.FleetMember;
import java.util.Locale;
import java.util.Optional;

/**
 * A proxy that does not have a revision in force.
 *
 * @param node the proxy
 * @param namespace of its workload
 * @param inForceRevision what it has in force; 0 for nothing
 * @param reason why not more
 */
public record Lag(String node, String namespace, long inForceRevision, String reason) {

    private static final String REFUSED = "it refused ";

    /** Whether the proxy was offered more and refused it. */
    boolean isRefusal() {
        return reason.startsWith(REFUSED);
    }

    static Lag of(FleetMember member, Optional<ProxyProgress> progress) {
        return new Lag(
                member.node(),
                member.registration().workload().namespace(),
                progress.map(ProxyProgress::inForceRevision).orElse(0L),
                reason(member, progress));
    }

    private static String reason(FleetMember member, Optional<ProxyProgress> progress) {
        if (member.leaving()) {
            return "its connection broke; it has a moment to come back";
        }
        if (progress.isEmpty()) {
            return "connected, and has not told yet what it has";
        }
        for (ResourceType type : ResourceType.values()) {
            TypeProgress of = progress.get().of(type);
            if (of.status() == TypeProgress.Status.NACKED && of.lastNack() != null) {
                return REFUSED
                        + type.shortName().toUpperCase(Locale.ROOT)
                        + ": "
                        + of.lastNack().message();
            }
        }
        for (ResourceType type : ResourceType.values()) {
            if (progress.get().of(type).status() == TypeProgress.Status.STALE) {
                return "it has not acknowledged "
                        + type.shortName().toUpperCase(Locale.ROOT)
                        + " yet";
            }
        }
        if (progress.get().of(ResourceType.LISTENER).status() == TypeProgress.Status.NOT_SENT) {
            return "it has not asked for listeners yet";
        }
        return "the push has not reached it yet";
    }
}
