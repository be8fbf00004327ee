package io.lateen.manager.api.object;

import org.springframework.context.SmartLifecycle;

/**
 * Open while the manager runs. It closes before the web server begins to wait for its requests, so
 * that watches, which would go on for long, end first.
 */
final class WatchGate implements SmartLifecycle {
    private volatile boolean open;

    @Override
    public void start() {
        open = true;
    }

    @Override
    public void stop() {
        open = false;
    }

    @Override
    public boolean isRunning() {
        return open;
    }

    @Override
    public int getPhase() {
        // The highest phase stops first; the server's graceful shutdown is 1024 below.
        return DEFAULT_PHASE;
    }
}
