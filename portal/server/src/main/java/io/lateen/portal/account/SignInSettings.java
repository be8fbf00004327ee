package io.lateen.portal.account;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The lock against guessing passwords, each as {@code --lateen.portal.sign-in.<name>}.
 *
 * @param attempts wrong passwords for one user from one address before it locks; 1 to 20
 * @param attemptsPerAddress wrong passwords from one address, for whichever users; at least as many
 * @param lock how long the first lock lasts; each further wrong password doubles it
 * @param longestLock at most this long
 */
@ConfigurationProperties("lateen.portal.sign-in")
public record SignInSettings(
        @DefaultValue("5") int attempts,
        @DefaultValue("50") int attemptsPerAddress,
        @DefaultValue("30s") Duration lock,
        @DefaultValue("15m") Duration longestLock) {

    /** Checks the ranges. */
    public SignInSettings {
        require(
                attempts >= 1 && attempts <= 20,
                "attempts: found " + attempts + ", expected 1..20");
        require(
                attemptsPerAddress >= attempts,
                "attempts-per-address: found "
                        + attemptsPerAddress
                        + ", expected at least attempts = "
                        + attempts);
        require(
                lock.compareTo(Duration.ofSeconds(1)) >= 0,
                "lock: found " + lock + ", expected a second or more");
        require(
                longestLock.compareTo(lock) >= 0,
                "longest-lock: found " + longestLock + ", expected at least lock = " + lock);
    }

    /** How long the lock lasts after so many failures of which {@code free} are free. */
    Duration lockAfter(int failures, int free) {
        if (failures < free) {
            return Duration.ZERO;
        }
        // 2^20 times a second is twelve days: more than the longest lock of anybody.
        long factor = 1L << Math.min(failures - free, 20);
        Duration doubled = lock.multipliedBy(factor);
        return doubled.compareTo(longestLock) > 0 ? longestLock : doubled;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("lateen.portal.sign-in." + message);
        }
    }
}
