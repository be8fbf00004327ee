package io.lateen.manager.programmed;

import io.lateen.access.Caller;
import io.lateen.access.Role;
import io.lateen.manager.fleet.Fleet;
import io.lateen.manager.fleet.FleetMember;
import io.lateen.manager.publish.SnapshotHolder;
import io.lateen.manager.registry.Registries;
import io.lateen.manager.registry.RegistryReading;
import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.ServiceIndex;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Service;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /lateen/v1/proxies}, {@code /services}, {@code /registries}: what there is. */
@RestController
final class MeshController {

    private final Fleet fleet;
    private final SnapshotHolder holder;
    private final Registries registries;

    MeshController(Fleet fleet, SnapshotHolder holder, Registries registries) {
        this.fleet = fleet;
        this.holder = holder;
        this.registries = registries;
    }

    /** Every sidecar and gateway, at whichever manager. */
    @GetMapping("/lateen/v1/proxies")
    List<ProxyView> proxies(HttpServletRequest request) {
        Caller caller = Caller.of(request);
        return fleet.members().values().stream()
                .filter(member -> caller.may(Role.VIEWER, namespace(member)))
                .sorted(Comparator.comparing(FleetMember::node))
                .map(member -> ProxyView.of(member, fleet.progress(member)))
                .toList();
    }

    /** Every service of the current snapshot with its endpoints. */
    @GetMapping("/lateen/v1/services")
    List<ServiceView> services(HttpServletRequest request) {
        Caller caller = Caller.of(request);
        return holder.current()
                .map(published -> services(published.snapshot(), caller))
                .orElseGet(List::of);
    }

    private static String namespace(FleetMember member) {
        return member.registration().workload().namespace();
    }

    private static List<ServiceView> services(MeshSnapshot snapshot, Caller caller) {
        ServiceIndex index = snapshot.serviceIndex();
        return snapshot.services().services().stream()
                .filter(service -> caller.may(Role.VIEWER, service.namespace()))
                .sorted(Comparator.comparing(service -> service.hostname().value()))
                .map(
                        service ->
                                ServiceView.of(
                                        service,
                                        endpoints(index, service),
                                        index.addresses(service)))
                .toList();
    }

    private static List<Endpoint> endpoints(ServiceIndex index, Service service) {
        return service.ports().stream()
                .flatMap(port -> index.endpoints(service, port.number()).stream())
                .toList();
    }

    /** Every registry: how much it knows, whether it is stale, what is wrong with it. */
    @GetMapping("/lateen/v1/registries")
    List<RegistryView> registries() {
        Map<String, List<String>> problems =
                holder.current().map(published -> published.problems()).orElse(Map.of());
        return registries.all().stream()
                .map(
                        registry -> {
                            RegistryReading reading = registry.read();
                            return new RegistryView(
                                    registry.name(),
                                    reading.catalog().services().size(),
                                    reading.catalog().endpoints().size(),
                                    reading.stale(),
                                    problems.getOrDefault(registry.name(), List.of()));
                        })
                .toList();
    }

    /** One registry. */
    record RegistryView(
            String name, int services, int endpoints, boolean stale, List<String> problems) {}
}
