package io.lateen.manager.programmed;

import io.lateen.model.database.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one manager the one that writes conditions: whoever holds an advisory lock of PostgreSQL.
 * The lock ends with the connection, so a manager that dies gives it up. One thread.
 */
final class Leadership implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Leadership.class);

    /** "lateen" and a number, as one bigint that nobody else locks. */
    private static final long LOCK = 0x6c617465656e0001L;

    private static final int VALID_SECONDS = 1;

    private final DatabaseUrl url;
    private @Nullable Connection connection;
    private boolean held;

    Leadership(DatabaseUrl url) {
        this.url = url;
    }

    /** Whether this manager has the lock; tries to take it if nobody has. Blocking. */
    boolean isHeld() {
        try {
            Connection open = connection;
            if (open != null && !open.isValid(VALID_SECONDS)) {
                close();
                open = null;
            }
            if (open == null) {
                open = DriverManager.getConnection(url.jdbcUrl(), properties());
                connection = open;
            }
            if (!held && lock(open)) {
                held = true;
                log.info("This manager writes the conditions of resources");
            }
        } catch (SQLException e) {
            log.debug("The lock of the writer of conditions cannot be asked for", e);
            close();
        }
        return held;
    }

    @Override
    public void close() {
        held = false;
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                log.debug("The connection of the lock was broken already", e);
            }
        }
    }

    private static boolean lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select pg_try_advisory_lock(" + LOCK + ")")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("user", url.user());
        properties.setProperty("password", url.password());
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("loginTimeout", "2");
        properties.setProperty("socketTimeout", "5");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "lateen-manager-conditions");
        return properties;
    }
}
