package io.lateen.manager.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.model.naming.Hostname;
import io.lateen.model.service.Resolution;
import io.lateen.model.service.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class VirtualAddressesTest {

    /** So many that many hashes meet. */
    private static final int SERVICES = 3_000;

    @Test
    void everyServiceHasAnAddressOfItsOwnThatLooksLikeAHost() {
        List<Service> services = services(SERVICES);
        VirtualAddresses addresses = VirtualAddresses.of(services);

        Set<String> given = new HashSet<>();
        for (Service service : services) {
            String address = addresses.of(service.hostname()).orElseThrow();
            assertThat(address).matches("240\\.240\\.\\d+\\.\\d+").doesNotMatch(".*\\.(0|255)");
            assertThat(given.add(address)).as(address).isTrue();
        }
    }

    @Test
    void theOrderOfTheReportsDoesNotMatter() {
        List<Service> shuffled = new ArrayList<>(services(SERVICES));
        Collections.shuffle(shuffled, new Random(1));
        VirtualAddresses one = VirtualAddresses.of(services(SERVICES));
        VirtualAddresses other = VirtualAddresses.of(shuffled);

        assertThat(services(SERVICES))
                .allSatisfy(
                        service ->
                                assertThat(other.of(service.hostname()))
                                        .isEqualTo(one.of(service.hostname())));
    }

    @Test
    void aYoungerServiceMovesNoOlderOne() {
        VirtualAddresses before = VirtualAddresses.of(services(SERVICES / 2));
        VirtualAddresses after = VirtualAddresses.of(services(SERVICES));

        assertThat(services(SERVICES / 2))
                .allSatisfy(
                        service ->
                                assertThat(after.of(service.hostname()))
                                        .isEqualTo(before.of(service.hostname())));
    }

    @Test
    void whoHasAnAddressOrIsAWildcardGetsNone() {
        Service addressed = service("a.example.com", 0, List.of("10.0.0.1"));
        Service network = service("b.example.com", 0, List.of("10.0.0.0/8"));
        Service wildcard = service("*.example.com", 0, List.of());
        VirtualAddresses addresses = VirtualAddresses.of(List.of(addressed, network, wildcard));

        assertThat(addresses.of(addressed.hostname())).isEmpty();
        assertThat(addresses.of(wildcard.hostname())).isEmpty();
        assertThat(addresses.of(network.hostname())).as("a network is no address").isPresent();
    }

    private static List<Service> services(int count) {
        List<Service> services = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            services.add(service("s" + i + ".default.svc.cluster.local", i, List.of()));
        }
        return services;
    }

    private static Service service(String host, int age, List<String> addresses) {
        return new Service(
                new Hostname(host),
                "default",
                host,
                List.of(),
                addresses,
                Resolution.STATIC,
                false,
                List.of(),
                List.of(),
                Map.of(),
                Instant.EPOCH.plusSeconds(age),
                "file");
    }
}
