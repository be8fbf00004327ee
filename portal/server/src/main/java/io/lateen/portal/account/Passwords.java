package io.lateen.portal.account;

import io.lateen.portal.problem.Refusal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Hashes passwords with Argon2id (19 MiB, two passes: OWASP's first choice) and says which are good
 * enough. At most two at once: each takes its memory and a core. Thread-safe.
 */
public final class Passwords {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;

    private static final int SHORTEST = 12;
    private static final int LONGEST = 128;
    private static final int AT_ONCE = 2;

    /** The long ones among those that everybody tries first. */
    private static final Set<String> USUAL =
            Set.of(
                    "123456789012",
                    "1234567890123",
                    "111111111111",
                    "000000000000",
                    "qwertyuiop12",
                    "qwertyuiopas",
                    "qwertyuiop123",
                    "1q2w3e4r5t6y",
                    "password1234",
                    "passwordpassword",
                    "password12345",
                    "administrator",
                    "administrator1",
                    "adminadmin12",
                    "adminadminadmin",
                    "changemeplease",
                    "changeme1234",
                    "letmeinletmein",
                    "iloveyou1234",
                    "welcome12345",
                    "lateenlateen",
                    "lateenportal");

    private final PasswordEncoder encoder =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final Semaphore permits = new Semaphore(AT_ONCE, true);

    /** What a name that nobody has is compared with, so that it takes as long. */
    private final String nobodys;

    Passwords() {
        this.nobodys = hash("nobody has this name");
    }

    /** The hash of a password. */
    public String hash(String password) {
        permits.acquireUninterruptibly();
        try {
            String hash = encoder.encode(password);
            if (hash == null) {
                throw new IllegalStateException("the encoder answers null to null alone");
            }
            return hash;
        } finally {
            permits.release();
        }
    }

    /** Whether a password is the one of a hash. */
    public boolean match(String password, String hash) {
        if (password.length() > LONGEST) {
            return false;
        }
        permits.acquireUninterruptibly();
        try {
            return encoder.matches(password, hash);
        } finally {
            permits.release();
        }
    }

    /** Takes as long as {@link #match} and is never true. */
    void matchNobody(String password) {
        match(password, nobodys);
    }

    /**
     * Refuses a password that is too short, too long, usual, or the user's name. No rules of
     * composition: they make passwords worse.
     */
    public void check(String password, String user) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw refused(
                    "password.length",
                    "password: found "
                            + password.length()
                            + " characters, expected "
                            + SHORTEST
                            + " to "
                            + LONGEST);
        }
        String lower = password.toLowerCase(Locale.ROOT);
        if (USUAL.contains(lower)
                || lower.chars().distinct().count() < 4
                || lower.replace(user, "").length() < SHORTEST / 2) {
            throw refused(
                    "password.usual",
                    "password: found one that is tried first by whoever guesses; choose another,"
                            + " several words are good");
        }
    }

    private static Refusal refused(String code, String message) {
        return new Refusal(
                HttpStatus.UNPROCESSABLE_CONTENT,
                code,
                Map.of(
                        "shortest",
                        Integer.toString(SHORTEST),
                        "longest",
                        Integer.toString(LONGEST)),
                message);
    }
}
