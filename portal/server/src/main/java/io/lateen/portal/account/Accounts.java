package io.lateen.portal.account;

import io.lateen.portal.caller.Grants;
import io.lateen.portal.store.GrantsJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of local users. Thread-safe. */
public final class Accounts {
    private final JdbcClient jdbc;
    private final GrantsJson json;
    private final Clock clock;

    Accounts(JdbcClient jdbc, GrantsJson json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** The user with a name. */
    public Optional<Account> find(String name) {
        return jdbc.sql("select * from account where name = :name")
                .param("name", name)
                .query((row, _) -> account(row))
                .optional();
    }

    /** All users, by name. */
    public List<Account> all() {
        return jdbc.sql("select * from account order by name")
                .query((row, _) -> account(row))
                .list();
    }

    /** Whether there is any user at all. */
    boolean isEmpty() {
        return jdbc.sql("select count(*) from account").query(Long.class).single() == 0;
    }

    /** Adds a user; false when the name is taken. */
    public boolean add(Account account) {
        return jdbc.sql(
                                """
                                insert into account (name, display_name, password_hash, grants,
                                                     password_change_due, created_at)
                                values (:name, :displayName, :hash, cast(:grants as jsonb), :due,
                                        :at)
                                on conflict do nothing
                                """)
                        .param("name", account.name())
                        .param("displayName", account.displayName())
                        .param("hash", account.passwordHash())
                        .param("grants", json.write(account.grants()))
                        .param("due", account.passwordChangeDue())
                        .param("at", Timestamp.from(account.createdAt()))
                        .update()
                == 1;
    }

    /** Changes what is said of a user and what the user may do. */
    public void change(String name, String displayName, Grants grants, boolean disabled) {
        jdbc.sql(
                        """
                        update account set display_name = :displayName,
                               grants = cast(:grants as jsonb), disabled = :disabled
                        where name = :name
                        """)
                .param("name", name)
                .param("displayName", displayName)
                .param("grants", json.write(grants))
                .param("disabled", disabled)
                .update();
    }

    /** Gives a user another password. */
    public void setPassword(String name, String hash, boolean changeDue) {
        jdbc.sql(
                        """
                        update account set password_hash = :hash, password_change_due = :due
                        where name = :name
                        """)
                .param("name", name)
                .param("hash", hash)
                .param("due", changeDue)
                .update();
    }

    /** Notes that a user has signed in. */
    void noteSignIn(String name) {
        jdbc.sql("update account set last_sign_in_at = :at where name = :name")
                .param("name", name)
                .param("at", Timestamp.from(clock.instant()))
                .update();
    }

    private Account account(ResultSet row) throws SQLException {
        Timestamp last = row.getTimestamp("last_sign_in_at");
        return new Account(
                row.getString("name"),
                row.getString("display_name"),
                row.getString("password_hash"),
                json.read(row.getString("grants")),
                row.getBoolean("disabled"),
                row.getBoolean("password_change_due"),
                row.getTimestamp("created_at").toInstant(),
                last == null ? null : last.toInstant());
    }
}
