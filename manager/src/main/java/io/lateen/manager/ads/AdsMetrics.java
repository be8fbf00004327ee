package io.lateen.manager.ads;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The metrics of pushing, under Istio's names where Istio has one. The registry adds {@code _total}
 * to counters and {@code _seconds} to timers. Safe for use by all streams.
 */
public final class AdsMetrics {

    /** Connected proxies. */
    static final String CONNECTED = "pilot_xds";

    /** Responses by {@code type}: cds, eds, lds, rds. */
    static final String PUSHES = "pilot_xds_pushes";

    /** Refusals of all types. */
    static final String REJECTS = "pilot_total_xds_rejects";

    /** From the notice of a change to its last acknowledgement at one proxy. */
    static final String CONVERGENCE = "pilot_proxy_convergence_time";

    /** From the notice of a change to the turn of one proxy. */
    static final String QUEUE = "pilot_proxy_queue_time";

    /** Bytes of a response, by {@code type}. */
    static final String SIZE = "pilot_xds_config_size_bytes";

    private final AtomicInteger connected = new AtomicInteger();
    private final Map<ResourceType, Counter> pushes = new EnumMap<>(ResourceType.class);
    private final Map<ResourceType, Counter> rejects = new EnumMap<>(ResourceType.class);
    private final Map<ResourceType, DistributionSummary> sizes = new EnumMap<>(ResourceType.class);
    private final Counter allRejects;
    private final Timer convergence;
    private final Timer queue;

    /** Registers the meters in {@code registry}. */
    public AdsMetrics(MeterRegistry registry) {
        registry.gauge(CONNECTED, connected);
        for (ResourceType type : ResourceType.values()) {
            String name = type.shortName();
            pushes.put(type, registry.counter(PUSHES, "type", name));
            rejects.put(type, registry.counter("pilot_xds_" + name + "_reject"));
            sizes.put(type, registry.summary(SIZE, "type", name));
        }
        allRejects = registry.counter(REJECTS);
        convergence = Timer.builder(CONVERGENCE).publishPercentileHistogram().register(registry);
        queue = Timer.builder(QUEUE).publishPercentileHistogram().register(registry);
    }

    void connected() {
        connected.incrementAndGet();
    }

    void disconnected() {
        connected.decrementAndGet();
    }

    void queued(Duration waited) {
        queue.record(waited);
    }

    void sent(ResourceType type, long bytes) {
        Objects.requireNonNull(pushes.get(type)).increment();
        Objects.requireNonNull(sizes.get(type)).record((double) bytes);
    }

    void rejected(ResourceType type) {
        Objects.requireNonNull(rejects.get(type)).increment();
        allRejects.increment();
    }

    void converged(Duration time) {
        convergence.record(time);
    }
}
