package io.lateen.manager.publish;

import io.lateen.manager.ads.Withdrawn;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Health;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Tells from the current snapshot whether anybody is sent to a workload. */
public final class WithdrawnWorkloads implements Withdrawn {

    private final SnapshotHolder holder;
    private final BooleanSupplier alone;

    /**
     * @param alone whether all proxies are connected to this manager: what those of others
     *     acknowledge is not known here
     */
    public WithdrawnWorkloads(SnapshotHolder holder, BooleanSupplier alone) {
        this.holder = holder;
        this.alone = alone;
    }

    @Override
    public OptionalLong since(Proxy proxy) {
        if (!alone.getAsBoolean()) {
            return OptionalLong.empty();
        }
        Set<Integer> ports =
                proxy.servedPorts().stream()
                        .map(ServedPort::inboundPort)
                        .collect(Collectors.toSet());
        return holder.current()
                .filter(
                        published ->
                                published.snapshot().services().endpoints().stream()
                                        .noneMatch(each -> isCalled(each, proxy, ports)))
                .map(published -> OptionalLong.of(published.serial()))
                .orElseGet(OptionalLong::empty);
    }

    private static boolean isCalled(Endpoint endpoint, Proxy proxy, Set<Integer> ports) {
        return endpoint.health() == Health.HEALTHY
                && endpoint.address().equals(proxy.address())
                && ports.contains(endpoint.port());
    }
}
