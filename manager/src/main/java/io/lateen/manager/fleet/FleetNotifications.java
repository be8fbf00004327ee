package io.lateen.manager.fleet;

import io.lateen.model.database.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for what other managers write, on a thread and a connection of its own. What is missed
 * while the connection is away, {@link FleetKeeper}'s next tick finds.
 */
public final class FleetNotifications implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FleetNotifications.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final DatabaseUrl url;
    private final FleetKeeper keeper;
    private volatile boolean closed;
    private final Thread thread =
            Thread.ofVirtual().name("fleet-notifications").unstarted(this::run);

    FleetNotifications(DatabaseUrl url, FleetKeeper keeper) {
        this.url = url;
        this.keeper = keeper;
    }

    /** Begins to listen. */
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        while (!closed) {
            try (Connection connection = open()) {
                follow(connection.unwrap(PGConnection.class));
            } catch (SQLException e) {
                log.debug("The connection for notifications is lost", e);
                pause();
            }
        }
    }

    private Connection open() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", url.user());
        properties.setProperty("password", url.password());
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("loginTimeout", "2");
        properties.setProperty("socketTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "lateen-manager-fleet");
        Connection connection = DriverManager.getConnection(url.jdbcUrl(), properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + FleetTable.CHANNEL);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void follow(PGConnection connection) throws SQLException {
        while (!closed) {
            PGNotification[] news = connection.getNotifications((int) POLL.toMillis());
            if (news == null) {
                continue;
            }
            for (PGNotification each : news) {
                keeper.notified(each.getParameter());
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }
}
