package io.lateen.portal.overview;

import io.lateen.portal.backend.Backend;
import io.lateen.portal.backend.BackendStates;
import io.lateen.portal.caller.Grants;
import io.lateen.portal.graph.Scope;
import io.lateen.portal.mesh.MeshReadings;
import io.lateen.portal.mesh.MeshService;
import io.lateen.portal.mesh.MutualTls;
import io.lateen.portal.mesh.Proxy;
import io.lateen.portal.mesh.Traffic;
import io.lateen.portal.mesh.TrafficEdge;
import io.lateen.portal.mesh.TrafficWindow;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sums the mesh up for a caller. Blocks. */
final class Overviews {
    private static final int WORST = 5;

    private final MeshReadings readings;
    private final BackendStates states;
    private final Clock clock;

    Overviews(MeshReadings readings, BackendStates states, Clock clock) {
        this.readings = readings;
        this.states = states;
        this.clock = clock;
    }

    Overview of(Grants grants) {
        Overview.ServiceCount services =
                readings.services().map(all -> services(all, grants)).orElse(null);
        Overview.WorkloadCount workloads =
                readings.proxies().map(all -> workloads(all, grants)).orElse(null);
        Overview.TrafficSum traffic =
                readings.traffic(TrafficWindow.FIVE_MINUTES)
                        .map(all -> traffic(Scope.cut(all, grants)))
                        .orElse(null);
        return new Overview(
                clock.instant(),
                services,
                workloads,
                readings.sidecars(grants).orElse(null),
                readings.certificates(grants).orElse(null),
                traffic,
                states.sources(Backend.MANAGER, Backend.MIXER, Backend.AUTH_CA));
    }

    private static Overview.ServiceCount services(List<MeshService> all, Grants grants) {
        List<MeshService> seen =
                all.stream().filter(service -> grants.see(service.namespace())).toList();
        return new Overview.ServiceCount(
                seen.size(),
                (int) seen.stream().filter(MeshService::outside).count(),
                seen.stream()
                        .filter(service -> !service.outside())
                        .filter(
                                service ->
                                        service.endpoints().stream()
                                                .noneMatch(MeshService.Endpoint::healthy))
                        .map(MeshService::hostname)
                        .toList());
    }

    private static Overview.WorkloadCount workloads(List<Proxy> all, Grants grants) {
        List<Proxy> seen = all.stream().filter(proxy -> grants.see(proxy.namespace())).toList();
        List<Overview.Unhealthy> unhealthy =
                seen.stream()
                        .filter(proxy -> !proxy.healthy())
                        .map(
                                proxy ->
                                        new Overview.Unhealthy(
                                                proxy.namespace(),
                                                proxy.name(),
                                                proxy.healthMessage()))
                        .toList();
        return new Overview.WorkloadCount(seen.size(), seen.size() - unhealthy.size(), unhealthy);
    }

    /** Sums of what a service was asked. */
    private record Asked(double requestsPerSecond, double errorsPerSecond) {
        Asked and(TrafficEdge edge) {
            return new Asked(
                    requestsPerSecond + edge.requestsPerSecond(),
                    errorsPerSecond + edge.requestsPerSecond() * edge.errorRate());
        }

        double errorRate() {
            return requestsPerSecond == 0 ? 0 : errorsPerSecond / requestsPerSecond;
        }
    }

    private static Overview.TrafficSum traffic(Traffic traffic) {
        Asked total = new Asked(0, 0);
        double encrypted = 0;
        double known = 0;
        Map<String, Asked> services = new TreeMap<>();
        for (TrafficEdge edge : traffic.edges()) {
            total = total.and(edge);
            String service = edge.service();
            if (service != null) {
                services.merge(service, new Asked(0, 0).and(edge), (before, _) -> before.and(edge));
            }
            if (edge.mtls() != MutualTls.UNKNOWN) {
                known += edge.requestsPerSecond();
                encrypted += edge.requestsPerSecond() * share(edge.mtls());
            }
        }
        return new Overview.TrafficSum(
                total.requestsPerSecond(),
                total.errorRate(),
                share(encrypted, known),
                services.entrySet().stream()
                        .filter(entry -> entry.getValue().errorsPerSecond() > 0)
                        .sorted(
                                Comparator.comparingDouble(
                                                (Map.Entry<String, Asked> entry) ->
                                                        entry.getValue().errorRate())
                                        .reversed())
                        .limit(WORST)
                        .map(
                                entry ->
                                        new Overview.Failing(
                                                Objects.requireNonNull(entry.getKey()),
                                                entry.getValue().requestsPerSecond(),
                                                entry.getValue().errorRate()))
                        .toList(),
                traffic.dropped());
    }

    private static @Nullable Double share(double part, double whole) {
        return whole == 0 ? null : part / whole;
    }

    /** The mixer says "some" of an edge, not how much: half is the guess that errs least. */
    private static double share(MutualTls mtls) {
        return switch (mtls) {
            case ALL -> 1;
            case SOME -> 0.5;
            case NONE, UNKNOWN -> 0;
        };
    }
}
