package io.lateen.portal.session;

import io.lateen.portal.account.PasswordSignIn;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Deletes sessions and counted attempts that are over, every five minutes, on a thread of its own.
 */
final class Sweeping implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Sweeping.class);
    private static final Duration EVERY = Duration.ofMinutes(5);

    private final Sessions sessions;
    private final PasswordSignIn signIn;
    private volatile Thread thread = new Thread();

    Sweeping(Sessions sessions, PasswordSignIn signIn) {
        this.sessions = sessions;
        this.signIn = signIn;
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("sweeping").start(this::loop);
    }

    private void loop() {
        try {
            while (true) {
                sweep();
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        try {
            sessions.sweep();
            signIn.forgetOld();
        } catch (DataAccessException e) {
            log.debug("ended sessions could not be deleted; tried again later", e);
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
