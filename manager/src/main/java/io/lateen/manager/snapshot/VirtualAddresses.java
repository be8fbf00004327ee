package io.lateen.manager.snapshot;

import io.lateen.model.naming.Hostname;
import io.lateen.model.service.Service;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Addresses from 240.240.0.0/16 for the services that have none. An address follows from the
 * hostname, so that every manager gives the same; where two hostnames meet, the older service keeps
 * the address and the younger takes the next free one, so that a new service moves none that is
 * there.
 */
final class VirtualAddresses {

    private static final String NETWORK = "240.240.";
    private static final int SLOTS = 1 << 16;

    private final Map<Hostname, String> addresses;

    private VirtualAddresses(Map<Hostname, String> addresses) {
        this.addresses = addresses;
    }

    static VirtualAddresses of(Collection<Service> services) {
        List<Service> oldestFirst =
                services.stream()
                        .filter(VirtualAddresses::isToHaveOne)
                        .sorted(
                                Comparator.comparing(Service::creationTimestamp)
                                        .thenComparing(service -> service.hostname().value()))
                        .toList();
        Map<Hostname, String> addresses = new LinkedHashMap<>();
        Set<Integer> taken = new HashSet<>();
        for (Service service : oldestFirst) {
            if (!addresses.containsKey(service.hostname())) {
                freeSlot(service.hostname(), taken)
                        .ifPresent(slot -> addresses.put(service.hostname(), address(slot)));
            }
        }
        return new VirtualAddresses(addresses);
    }

    /** The address of a hostname, if it was given one. */
    Optional<String> of(Hostname hostname) {
        return Optional.ofNullable(addresses.get(hostname));
    }

    private static boolean isToHaveOne(Service service) {
        return !service.hostname().isWildcard()
                && service.addresses().stream().noneMatch(VirtualAddresses::isSingle);
    }

    /** Whether an address of a service names one host and not a network. */
    static boolean isSingle(String address) {
        return !address.contains("/");
    }

    private static Optional<Integer> freeSlot(Hostname hostname, Set<Integer> taken) {
        CRC32C hash = new CRC32C();
        hash.update(hostname.value().getBytes(StandardCharsets.UTF_8));
        int first = (int) (hash.getValue() % SLOTS);
        for (int step = 0; step < SLOTS; step++) {
            int slot = (first + step) % SLOTS;
            if (isUsable(slot) && taken.add(slot)) {
                return Optional.of(slot);
            }
        }
        return Optional.empty();
    }

    /** Addresses that end in 0 or 255 look like networks and broadcasts to some clients. */
    private static boolean isUsable(int slot) {
        int last = slot & 0xFF;
        return last != 0 && last != 0xFF;
    }

    private static String address(int slot) {
        return NETWORK + (slot >> 8) + "." + (slot & 0xFF);
    }
}
