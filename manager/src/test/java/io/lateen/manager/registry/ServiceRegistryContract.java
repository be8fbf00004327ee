package io.lateen.manager.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.model.naming.Hostname;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Health;
import io.lateen.model.service.Protocol;
import io.lateen.model.service.Service;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every registry keeps to, whatever its source. Each implementation runs it. */
interface ServiceRegistryContract {

    /** The registry, begun, with nothing in its source yet. */
    ServiceRegistry registry();

    /**
     * Puts into the source: service {@code reviews} of namespace {@code default}, HTTP port 9080,
     * with healthy endpoints at these addresses, version {@code v1}, port 15006.
     */
    void serve(String... addresses) throws Exception;

    /** Breaks the source: what it says now cannot be had, or not be read. */
    void lose() throws Exception;

    /** The hostname under which the source reports the service. */
    default Hostname reviews() {
        return new Hostname("reviews.default.svc.cluster.local");
    }

    @Test
    default void saysNothingOfAnEmptySource() {
        assertThat(registry().read().catalog().services()).isEmpty();
        assertThat(registry().read().catalog().endpoints()).isEmpty();
    }

    @Test
    default void reportsAServiceWithItsPortsAndItsEndpointsWithTheirWorkloads() throws Exception {
        serve("127.0.1.3", "127.0.1.4");

        RegistryReading reading = registry().read();
        assertThat(reading.stale()).isFalse();
        assertThat(reading.problems()).isEmpty();
        Service service = reading.catalog().services().getFirst();
        assertThat(service.hostname()).isEqualTo(reviews());
        assertThat(service.namespace()).isEqualTo("default");
        assertThat(service.origin()).isNotEmpty();
        assertThat(service.ports())
                .singleElement()
                .satisfies(
                        port -> {
                            assertThat(port.number()).isEqualTo(9080);
                            assertThat(port.protocol()).isEqualTo(Protocol.HTTP);
                        });
        assertThat(reading.catalog().endpoints())
                .extracting(Endpoint::address)
                .containsExactlyInAnyOrder("127.0.1.3", "127.0.1.4");
        assertThat(reading.catalog().endpoints())
                .allSatisfy(
                        endpoint -> {
                            assertThat(endpoint.service()).isEqualTo(reviews());
                            assertThat(endpoint.servicePort()).isEqualTo(9080);
                            assertThat(endpoint.port()).isEqualTo(15006);
                            assertThat(endpoint.health()).isEqualTo(Health.HEALTHY);
                            assertThat(endpoint.workload().labels()).containsEntry("version", "v1");
                        });
    }

    @Test
    default void tellsThatItHasChanged() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        registry().subscribe(calls::incrementAndGet);

        serve("127.0.1.3");

        assertThat(calls).hasPositiveValue();
    }

    @Test
    default void anEndpointThatIsTakenOutIsGone() throws Exception {
        serve("127.0.1.3", "127.0.1.4");

        serve("127.0.1.4");

        assertThat(registry().read().catalog().endpoints())
                .extracting(Endpoint::address)
                .containsExactly("127.0.1.4");
    }

    @Test
    default void equalSourcesGiveEqualReadings() throws Exception {
        serve("127.0.1.3", "127.0.1.4");
        RegistryReading before = registry().read();

        serve("127.0.1.4", "127.0.1.3");

        assertThat(registry().read().catalog().services()).isEqualTo(before.catalog().services());
    }

    @Test
    default void aSourceThatIsLostLeavesWhatItSaidLast() throws Exception {
        serve("127.0.1.3");

        lose();

        assertThat(registry().read().catalog().endpoints())
                .extracting(Endpoint::address)
                .containsExactly("127.0.1.3");
    }
}
