package io.lateen.portal.account;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Signs in with a name and a password. Blocks for the time of one hash. Thread-safe. */
public final class PasswordSignIn {
    private final Accounts accounts;
    private final Passwords passwords;
    private final GuessLock lock;

    PasswordSignIn(Accounts accounts, Passwords passwords, GuessLock lock) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.lock = lock;
    }

    /** What came of it. */
    public sealed interface Result {

        /** It is that user. */
        record Accepted(Account account) implements Result {}

        /**
         * The name, the password, or both are wrong, or the user is disabled: which is not said.
         */
        record Refused(String reason) implements Result {}

        /** Too many wrong ones: not even looked at. */
        record Locked(Duration left) implements Result {}
    }

    /**
     * Tries a password.
     *
     * @param address where it comes from
     */
    public Result attempt(String user, String password, String address) {
        String name = user.strip().toLowerCase(Locale.ROOT);
        Duration left = lock.attempt(name, address);
        if (!left.isZero()) {
            return new Result.Locked(left);
        }
        Optional<Account> found = accounts.find(name);
        if (found.isEmpty()) {
            passwords.matchNobody(password);
            return new Result.Refused("there is no such user");
        }
        Account account = found.get();
        if (!passwords.match(password, account.passwordHash())) {
            return new Result.Refused("the password is wrong");
        }
        if (account.disabled()) {
            return new Result.Refused("the user is disabled");
        }
        lock.succeeded(name, address);
        accounts.noteSignIn(name);
        return new Result.Accepted(account);
    }

    /** Forgets attempts that are a day old. */
    public void forgetOld() {
        lock.forgetOld();
    }
}
