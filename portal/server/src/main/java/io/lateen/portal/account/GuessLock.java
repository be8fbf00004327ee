package io.lateen.portal.account;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts wrong passwords per user and address, and per address, and locks for longer and longer. An
 * attempt is counted before the password is looked at, so that many at once gain nothing; a right
 * one takes its count back. Thread-safe: the database's rows are the lock.
 */
final class GuessLock {
    private static final String ALL_USERS = "*";
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final SignInSettings settings;
    private final Clock clock;

    GuessLock(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            SignInSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Counts an attempt, unless the pair or the address is locked.
     *
     * @return how long it is still locked; zero when the attempt may be made
     */
    Duration attempt(String user, String address) {
        Instant now = clock.instant();
        Duration left =
                transactions.execute(
                        _ -> {
                            // In this order always: two attempts wait for each other, never both.
                            Duration whole = count(ALL_USERS, address, now);
                            Duration pair = count(user, address, now);
                            return whole.compareTo(pair) > 0 ? whole : pair;
                        });
        return left;
    }

    /** The password was right: the pair starts anew, the address gets its attempt back. */
    void succeeded(String user, String address) {
        jdbc.sql("delete from sign_in_failure where user_name = :user and address = :address")
                .param("user", user)
                .param("address", address)
                .update();
        jdbc.sql(
                        """
                        update sign_in_failure
                        set failures = greatest(failures - 1, 0), locked_until = null
                        where user_name = :all and address = :address
                        """)
                .param("all", ALL_USERS)
                .param("address", address)
                .update();
    }

    /** Forgets what is a day old. */
    void forgetOld() {
        jdbc.sql("delete from sign_in_failure where last_at < :before")
                .param("before", Timestamp.from(clock.instant().minus(FORGOTTEN_AFTER)))
                .update();
    }

    private Duration count(String user, String address, Instant now) {
        jdbc.sql(
                        """
                        insert into sign_in_failure (user_name, address, failures, last_at)
                        values (:user, :address, 0, :now) on conflict do nothing
                        """)
                .param("user", user)
                .param("address", address)
                .param("now", Timestamp.from(now))
                .update();
        Row row =
                jdbc.sql(
                                """
                                select failures, locked_until, last_at from sign_in_failure
                                where user_name = :user and address = :address for update
                                """)
                        .param("user", user)
                        .param("address", address)
                        .query(
                                (found, _) ->
                                        new Row(
                                                found.getInt("failures"),
                                                found.getTimestamp("locked_until"),
                                                found.getTimestamp("last_at").toInstant()))
                        .single();
        if (row.lockedUntil() != null && row.lockedUntil().toInstant().isAfter(now)) {
            return Duration.between(now, row.lockedUntil().toInstant());
        }
        boolean old = row.lastAt().isBefore(now.minus(FORGOTTEN_AFTER));
        int failures = (old ? 0 : row.failures()) + 1;
        int free = user.equals(ALL_USERS) ? settings.attemptsPerAddress() : settings.attempts();
        Duration lock = settings.lockAfter(failures, free);
        jdbc.sql(
                        """
                        update sign_in_failure
                        set failures = :failures, last_at = :now, locked_until = :until
                        where user_name = :user and address = :address
                        """)
                .param("failures", failures)
                .param("now", Timestamp.from(now))
                .param("until", lock.isZero() ? null : Timestamp.from(now.plus(lock)))
                .param("user", user)
                .param("address", address)
                .update();
        return Duration.ZERO;
    }

    private record Row(
            int failures,
            @org.jspecify.annotations.Nullable Timestamp lockedUntil,
            Instant lastAt) {}
}
