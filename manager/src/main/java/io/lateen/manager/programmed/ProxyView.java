package io.lateen.manager.programmed;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lateen.manager.ads.ProxyProgress;
import io.lateen.manager.ads.ResourceType;
import io.lateen.manager.ads.TypeProgress;
import io.lateen.manager.fleet.FleetMember;
import io.lateen.model.service.Workload;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connected sidecar or gateway, as REST shows it.
 *
 * @param node the node's id
 * @param name the workload's instance
 * @param namespace its namespace
 * @param workload what it is an instance of
 * @param labels the workload's labels
 * @param version what the proxy calls itself
 * @param manager the manager that it is connected to
 * @param connectedAt since when
 * @param leaving whether its connection broke a moment ago
 * @param healthy whether the workload is healthy
 * @param healthMessage why not
 * @param types by {@code CDS}, {@code EDS}, {@code LDS}, {@code RDS}
 * @param inForceRevision the newest revision in force there
 * @param inForceAt since when
 * @param lastNack its last refusal
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProxyView(
        String node,
        String name,
        String namespace,
        String workload,
        Map<String, String> labels,
        String version,
        String manager,
        Instant connectedAt,
        boolean leaving,
        boolean healthy,
        @Nullable String healthMessage,
        Map<String, TypeView> types,
        long inForceRevision,
        @Nullable Instant inForceAt,
        @Nullable NackView lastNack) {

    /** One type at one proxy. */
    record TypeView(TypeProgress.Status status, String version, int resources) {}

    /**
     * A refusal.
     *
     * @param resource the resource that the proxy names first in its message; empty for none
     */
    record NackView(String type, String resource, String message, Instant at) {}

    static ProxyView of(FleetMember member, Optional<ProxyProgress> progress) {
        Workload workload = member.registration().workload();
        ProxyProgress reached = progress.orElse(null);
        return new ProxyView(
                member.node(),
                workload.name(),
                workload.namespace(),
                workload.workloadName(),
                workload.labels(),
                member.version(),
                member.manager(),
                member.connected(),
                member.leaving(),
                member.health().healthy(),
                member.health().healthy() ? null : member.health().message(),
                types(reached),
                reached == null ? 0 : reached.inForceRevision(),
                reached == null ? null : reached.inForceAt(),
                lastNack(reached));
    }

    private static Map<String, TypeView> types(@Nullable ProxyProgress progress) {
        Map<String, TypeView> types = new LinkedHashMap<>();
        for (ResourceType type : ResourceType.values()) {
            TypeView view =
                    progress == null
                            ? new TypeView(TypeProgress.Status.NOT_SENT, "", 0)
                            : new TypeView(
                                    progress.of(type).status(),
                                    progress.of(type).version(),
                                    progress.of(type).resources());
            types.put(name(type), view);
        }
        return types;
    }

    private static @Nullable NackView lastNack(@Nullable ProxyProgress progress) {
        NackView last = null;
        if (progress == null) {
            return null;
        }
        for (ResourceType type : ResourceType.values()) {
            TypeProgress.Nack nack = progress.of(type).lastNack();
            if (nack != null && (last == null || nack.at().isAfter(last.at()))) {
                last =
                        new NackView(
                                name(type), resource(nack.message()), nack.message(), nack.at());
            }
        }
        return last;
    }

    /** A sidecar's message begins with the resource: {@code outbound|80||a.b: expected …}. */
    private static String resource(String message) {
        int end = message.indexOf(": ");
        String first = end < 0 ? "" : message.substring(0, end);
        return first.indexOf(' ') < 0 ? first : "";
    }

    private static String name(ResourceType type) {
        return type.shortName().toUpperCase(Locale.ROOT);
    }
}
