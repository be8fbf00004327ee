package io.lateen.portal.audit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Looks at the audit when the portal starts and once a day, on a thread of its own: the log then
 * holds the last hash at a time, beyond the reach of whoever changes the database.
 */
final class AuditWatch implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(AuditWatch.class);
    private static final Duration EVERY = Duration.ofDays(1);

    private final AuditChain chain;
    private final AtomicInteger whole = new AtomicInteger(1);
    private volatile Thread thread = new Thread();

    AuditWatch(AuditChain chain) {
        this.chain = chain;
    }

    /** 1 if the audit was whole when it was last looked at, 0 if not. */
    int whole() {
        return whole.get();
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("audit-watch").start(this::loop);
    }

    private void loop() {
        try {
            while (true) {
                look();
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks once. */
    void look() {
        try {
            AuditChain.Found found = chain.look();
            whole.set(found.broken().isEmpty() ? 1 : 0);
            if (found.broken().isEmpty()) {
                log.info("The audit is whole. entries={} last={}", found.entries(), found.last());
            } else {
                log.error(
                        "The audit was changed: an entry does not follow from the one before it."
                                + " entry={} entries={} last={}",
                        found.broken().get(),
                        found.entries(),
                        found.last());
            }
        } catch (DataAccessException e) {
            log.warn("The audit could not be looked at. reason={}", e.getMessage());
        }
    }

    @Override
    public void stop() {
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return thread.isAlive();
    }
}
