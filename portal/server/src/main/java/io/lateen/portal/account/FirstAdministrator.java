package io.lateen.portal.account;

import io.lateen.portal.caller.Grant;
import io.lateen.portal.caller.Grants;
import io.lateen.portal.caller.Role;
import io.lateen.portal.secret.Drawn;
import io.lateen.portal.secret.OwnersFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first user, made when there is none: {@code admin}, with a password drawn here, printed once
 * in the log and written into {@code <state-directory>/initial-password}, which goes away when the
 * password is changed. There is no default password.
 */
public final class FirstAdministrator {
    /** The first user's name. */
    public static final String NAME = "admin";

    private static final Logger log = LoggerFactory.getLogger(FirstAdministrator.class);

    private final Accounts accounts;
    private final Passwords passwords;
    private final SecureRandom random;
    private final Clock clock;
    private final Path file;

    FirstAdministrator(
            Accounts accounts,
            Passwords passwords,
            SecureRandom random,
            Clock clock,
            Path stateDirectory) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.random = random;
        this.clock = clock;
        this.file = stateDirectory.resolve("initial-password");
    }

    /** Makes the user when there is no user at all. */
    void ensure() {
        if (!accounts.isEmpty()) {
            return;
        }
        String password = Drawn.password(random);
        var admin =
                new Account(
                        NAME,
                        "Administrator",
                        passwords.hash(password),
                        new Grants(List.of(Grant.everywhere(Role.ADMIN))),
                        false,
                        true,
                        clock.instant(),
                        null);
        // Of several replicas that start at once, one makes it; that one prints it.
        if (accounts.add(admin)) {
            OwnersFile.write(file, password);
            log.info(
                    "the first administrator was made user={} password={} file={}",
                    NAME,
                    password,
                    file);
        }
    }

    /** The password of {@code user} is another now: what was drawn for the first one is gone. */
    public void passwordChanged(String user) {
        if (user.equals(NAME)) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                log.warn("the old password's file could not be deleted file={}", file, e);
            }
        }
    }
}
