package io.lateen.manager.store;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.springframework.transaction.TransactionSystemException;

/** Tells a database that is away or overrun from a statement that is wrong. */
final class Outage {
    /**
     * admin_shutdown, crash_shutdown, cannot_connect_now, lock_not_available, query_canceled (by
     * our own statement_timeout).
     */
    private static final Set<String> STATES = Set.of("57P01", "57P02", "57P03", "55P03", "57014");

    private Outage() {}

    static boolean is(Throwable failure) {
        // When the connection is gone the rollback fails too, and hides why it was asked for.
        if (failure instanceof TransactionSystemException rollback
                && rollback.getOriginalException() != null) {
            return is(rollback.getOriginalException());
        }
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLTransientConnectionException
                    || at instanceof SocketTimeoutException
                    || (at instanceof SQLException sql && isOutage(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOutage(@org.jspecify.annotations.Nullable String state) {
        // 08: connection exceptions, 53: out of resources (too many connections among them).
        return state != null
                && (state.startsWith("08") || state.startsWith("53") || STATES.contains(state));
    }

    /** The innermost cause in one line, without the statement. */
    static String reason(Throwable failure) {
        if (failure instanceof TransactionSystemException rollback
                && rollback.getOriginalException() != null) {
            return reason(rollback.getOriginalException());
        }
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = String.valueOf(innermost.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
