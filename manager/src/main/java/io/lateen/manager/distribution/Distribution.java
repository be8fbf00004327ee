package io.lateen.manager.distribution;

import io.lateen.manager.ads.AdsServer;
import io.lateen.manager.fleet.Fleet;
import io.lateen.manager.fleet.FleetKeeper;
import io.lateen.manager.fleet.FleetNotifications;
import io.lateen.manager.programmed.ConditionLoop;
import io.lateen.manager.publish.PublishLoop;
import io.lateen.manager.registry.Registries;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.context.SmartLifecycle;

/** Begins and ends what brings the mesh to the proxies, in order. */
final class Distribution implements SmartLifecycle {

    /** What is begun and ended. */
    record Parts(
            Fleet fleet,
            FleetKeeper keeper,
            FleetNotifications notifications,
            Registries registries,
            ScheduledExecutorService wakeUps,
            PublishLoop loop,
            AdsServer server,
            ConditionLoop conditions) {}

    private final Parts parts;
    private volatile boolean running;

    Distribution(Parts parts) {
        this.parts = parts;
    }

    @Override
    public void start() {
        // Registries first: the first snapshot is to hold what they know, or every restart of a
        // manager would take all endpoints away for a moment.
        parts.keeper().start();
        parts.notifications().start();
        parts.registries().start(parts.wakeUps());
        // The first snapshot before the first proxy.
        parts.loop().start();
        parts.server().start();
        parts.conditions().start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        parts.conditions().close();
        // Before the streams end: their proxies are moving to another manager, not gone.
        parts.fleet().stopping();
        parts.server().close();
        parts.loop().close();
        parts.registries().close();
        parts.notifications().close();
        // Last, so that what the streams said before they ended is written.
        parts.keeper().close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
