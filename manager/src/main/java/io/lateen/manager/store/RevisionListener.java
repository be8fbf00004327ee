package io.lateen.manager.store;

import io.lateen.model.database.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Follows the database on a thread and a connection of its own: a notification, or a comparison
 * when none has come for a while, brings the replica up to date. When the connection breaks it is
 * opened again, forever, with a short pause that varies.
 */
final class RevisionListener implements SmartLifecycle {
    /** The channel of {@code NOTIFY}; its payload is the revision. */
    static final String CHANNEL = "lateen_revision";

    private static final Logger log = LoggerFactory.getLogger(RevisionListener.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final DatabaseUrl url;
    private final Replica replica;
    private final Duration compareEvery;
    private @Nullable Thread thread;
    private volatile boolean stopped;

    RevisionListener(DatabaseUrl url, Replica replica, Duration compareEvery) {
        this.url = url;
        this.replica = replica;
        this.compareEvery = compareEvery;
    }

    @Override
    public synchronized void start() {
        stopped = false;
        thread = Thread.ofVirtual().name("revision-listener").start(this::run);
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void run() {
        boolean away = false;
        while (!stopped) {
            try (Connection connection = open()) {
                if (away) {
                    log.info("PostgreSQL is back at revision={}", replica.revision());
                    away = false;
                }
                listen(connection);
            } catch (SQLException | TransactionException | DataAccessException e) {
                if (!away && !stopped) {
                    log.warn(
                            "PostgreSQL is away: reads go on at revision={}, writes are refused"
                                    + " until it is back reason=\"{}\"",
                            replica.revision(),
                            Outage.reason(e));
                    away = true;
                }
                pause();
            }
        }
    }

    private Connection open() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", url.user());
        properties.setProperty("password", url.password());
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("loginTimeout", "2");
        properties.setProperty("socketTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "lateen-manager-listener");
        Connection connection = DriverManager.getConnection(url.jdbcUrl(), properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + CHANNEL);
            // What was committed before the listen took effect is not notified.
            replica.catchUp(Long.MAX_VALUE);
            return connection;
        } catch (SQLException | TransactionException | DataAccessException e) {
            connection.close();
            throw e;
        }
    }

    private void listen(Connection connection) throws SQLException {
        PGConnection notified = connection.unwrap(PGConnection.class);
        while (!stopped) {
            var notifications = notified.getNotifications((int) compareEvery.toMillis());
            long newest = Long.MAX_VALUE;
            if (notifications != null && notifications.length > 0) {
                newest = Long.parseLong(notifications[notifications.length - 1].getParameter());
            }
            // Without a notification: compare, in case that one was lost.
            replica.catchUp(newest);
        }
    }

    private void pause() {
        if (stopped) {
            return;
        }
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(100, LONGEST_PAUSE.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }
}
