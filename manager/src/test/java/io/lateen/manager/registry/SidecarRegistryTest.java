package io.lateen.manager.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.manager.ads.Departure;
import io.lateen.manager.ads.ProxyConnection;
import io.lateen.manager.fleet.Fleet;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.model.naming.NodeId;
import io.lateen.model.naming.ProxyType;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Health;
import io.lateen.model.service.Locality;
import io.lateen.model.service.Protocol;
import io.lateen.model.service.Service;
import io.lateen.model.service.Workload;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The registry of sidecars that register themselves. */
final class SidecarRegistryTest implements ServiceRegistryContract {

    private final Fleet fleet = new Fleet("m1");
    private final SidecarRegistry registry = new SidecarRegistry(fleet);
    private final Map<String, ProxyConnection> connected = new HashMap<>();

    @Override
    public ServiceRegistry registry() {
        return registry;
    }

    @Override
    public void serve(String... addresses) {
        Set<String> wanted = Set.of(addresses);
        connected
                .entrySet()
                .removeIf(
                        entry -> {
                            if (wanted.contains(entry.getKey())) {
                                return false;
                            }
                            fleet.disconnected(entry.getValue(), Departure.CLEAN);
                            return true;
                        });
        for (String address : addresses) {
            if (!connected.containsKey(address)) {
                healthy(connect(address, Protocol.HTTP));
            }
        }
    }

    /** A connection that broke: its sidecar has a moment to come back. */
    @Override
    public void lose() {
        connected.values().forEach(each -> fleet.disconnected(each, Departure.BROKEN));
    }

    @Test
    void aWorkloadTakesNoTrafficBeforeItIsHealthyAndWhileItIsNot() {
        ProxyConnection connection = connect("127.0.1.3", Protocol.HTTP);
        assertThat(health()).containsExactly(Health.UNHEALTHY);

        healthy(connection);
        assertThat(health()).containsExactly(Health.HEALTHY);

        fleet.health(connection, false, "GET /health: 503");
        assertThat(health()).containsExactly(Health.UNHEALTHY);
    }

    @Test
    void aPortThatIsServedAsTwoProtocolsIsTheOldestsAndSaidSo() {
        connect("127.0.1.3", Protocol.HTTP);
        connect("127.0.1.4", Protocol.TCP);

        RegistryReading reading = registry.read();

        Service service = reading.catalog().services().getFirst();
        assertThat(service.ports().getFirst().protocol()).isEqualTo(Protocol.HTTP);
        assertThat(reading.problems())
                .singleElement()
                .asString()
                .contains("reviews.default port 9080", "TCP", "HTTP");
    }

    @Test
    void aWorkloadStartedAnewUnderAnotherNameStandsWhereTheOldOneStood() {
        ProxyConnection old = connect("127.0.1.3", Protocol.HTTP);
        fleet.disconnected(old, Departure.BROKEN);

        ProxyConnection next = connection("127.0.1.3", "reviews-2", Protocol.HTTP);
        fleet.connected(next);

        assertThat(registry.read().catalog().endpoints())
                .extracting(endpoint -> endpoint.workload().name())
                .containsExactly("reviews-2");
    }

    @Test
    void aServiceStaysWithoutEndpointsWhenItsLastWorkloadHasGone() {
        ProxyConnection last = connect("127.0.1.3", Protocol.HTTP);
        healthy(last);
        Service asItWas = registry.read().catalog().services().getFirst();

        fleet.disconnected(last, Departure.CLEAN);

        assertThat(registry.read().catalog().endpoints()).isEmpty();
        assertThat(registry.read().catalog().services()).containsExactly(asItWas);
        connect("127.0.1.4", Protocol.TCP);
        assertThat(registry.read().catalog().services().getFirst().ports().getFirst().protocol())
                .as("who is there decides, not who was")
                .isEqualTo(Protocol.TCP);
        assertThat(registry.read().problems()).isEmpty();
    }

    private List<Health> health() {
        return registry.read().catalog().endpoints().stream().map(Endpoint::health).toList();
    }

    private void healthy(ProxyConnection connection) {
        fleet.health(connection, true, "");
    }

    private ProxyConnection connect(String address, Protocol protocol) {
        ProxyConnection connection = connection(address, "reviews-" + address, protocol);
        connected.put(address, connection);
        fleet.connected(connection);
        return connection;
    }

    private static ProxyConnection connection(String address, String name, Protocol protocol) {
        Proxy proxy =
                new Proxy(
                        new NodeId(ProxyType.SIDECAR, address, name, "default", "cluster.local"),
                        ProxyType.SIDECAR,
                        address,
                        new Workload(
                                name,
                                "default",
                                "reviews-v1",
                                "",
                                Map.of("app", "reviews", "version", "v1"),
                                "Kubernetes",
                                Locality.UNKNOWN),
                        "cluster.local",
                        List.of(
                                new ServedPort(
                                        "reviews", "default", 9080, "", protocol, 15006, address,
                                        9080)),
                        Map.of());
        Instant started = Instant.parse("2026-11-22T08:00:00Z");
        return new ProxyConnection(name + "-1", proxy, "lateen-sidecar", started, started);
    }
}
