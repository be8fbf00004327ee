package io.lateen.manager.publish;

import io.lateen.model.resource.Kind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** The metrics of publishing, under Istio's names. Safe for use by all threads. */
public final class PublishMetrics {

    /** Changes noticed, by {@code type}: config, service. */
    static final String TRIGGERS = "pilot_push_triggers";

    /** From the notice of a change to its delivery to the last proxy's stream. */
    static final String PUSH_TIME = "pilot_xds_push_time";

    /** Services known. */
    static final String SERVICES = "pilot_services";

    /** VirtualServices known. */
    static final String VIRTUAL_SERVICES = "pilot_virt_services";

    /** The store's revision of the current snapshot. */
    static final String REVISION = "lateen_manager_snapshot_revision";

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Timer pushTime;
    private final AtomicLong services = new AtomicLong();
    private final AtomicLong virtualServices = new AtomicLong();
    private final AtomicLong revision = new AtomicLong();

    /** Registers the meters in {@code registry}. */
    public PublishMetrics(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        this.pushTime = Timer.builder(PUSH_TIME).publishPercentileHistogram().register(registry);
        registry.gauge(SERVICES, services);
        registry.gauge(VIRTUAL_SERVICES, virtualServices);
        registry.gauge(REVISION, revision);
    }

    void triggered(String type) {
        registry.counter(TRIGGERS, "type", type).increment();
    }

    void published(Published published) {
        Duration took = Duration.between(published.since(), clock.instant());
        pushTime.record(took.isNegative() ? Duration.ZERO : took);
        services.set(published.snapshot().services().services().size());
        virtualServices.set(
                published.snapshot().resources().keySet().stream()
                        .filter(key -> key.kind() == Kind.VIRTUAL_SERVICE)
                        .count());
        revision.set(published.snapshot().revision());
    }
}
