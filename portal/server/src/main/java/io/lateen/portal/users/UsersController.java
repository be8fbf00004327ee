package io.lateen.portal.users;

import io.lateen.portal.account.Account;
import io.lateen.portal.account.Accounts;
import io.lateen.portal.account.FirstAdministrator;
import io.lateen.portal.account.Passwords;
import io.lateen.portal.audit.Act;
import io.lateen.portal.audit.AuditLog;
import io.lateen.portal.audit.Origin;
import io.lateen.portal.caller.Caller;
import io.lateen.portal.caller.Grant;
import io.lateen.portal.caller.Grants;
import io.lateen.portal.caller.Role;
import io.lateen.portal.problem.Refusal;
import io.lateen.portal.secret.Drawn;
import io.lateen.portal.session.Sessions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * {@code /api/v1/users}, for administrators. Users are disabled, not removed: histories name them.
 */
@RestController
final class UsersController {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final int LONGEST_DISPLAY_NAME = 100;

    private final Accounts accounts;
    private final Passwords passwords;
    private final Sessions sessions;
    private final FirstAdministrator first;
    private final AuditLog audit;
    private final SecureRandom random;
    private final Clock clock;

    UsersController(
            LocalUsers users, Sessions sessions, AuditLog audit, SecureRandom random, Clock clock) {
        this.accounts = users.accounts();
        this.passwords = users.passwords();
        this.first = users.first();
        this.sessions = sessions;
        this.audit = audit;
        this.random = random;
        this.clock = clock;
    }

    /** What the local users are kept with. */
    record LocalUsers(Accounts accounts, Passwords passwords, FirstAdministrator first) {}

    /** All local users. */
    @GetMapping("/api/v1/users")
    List<UserView> listUsers() {
        return accounts.all().stream().map(UsersController::view).toList();
    }

    /** Makes a user. */
    @PostMapping("/api/v1/users")
    ResponseEntity<DrawnPassword> createUser(
            @RequestBody NewUser user,
            @AuthenticationPrincipal Caller caller,
            ServerWebExchange exchange) {
        Act act = Act.of(caller, Origin.of(exchange), "user.create", user.name());
        checkName(user.name());
        checkDisplayName(user.displayName());
        checkGrants(user.grants());
        String chosen = user.password();
        if (chosen != null) {
            passwords.check(chosen, user.name());
        }
        String password = chosen == null ? Drawn.password(random) : chosen;
        var account =
                new Account(
                        user.name(),
                        user.displayName(),
                        passwords.hash(password),
                        new Grants(user.grants()),
                        false,
                        true,
                        clock.instant(),
                        null);
        if (!accounts.add(account)) {
            audit.failed(act, "the name is taken");
            throw new Refusal(
                    HttpStatus.CONFLICT,
                    "user.taken",
                    Map.of("name", user.name()),
                    "there is a user '" + user.name() + "' already");
        }
        audit.allowed(act);
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(new DrawnPassword(view(account), chosen == null ? password : null));
    }

    /** Changes a user. */
    @PatchMapping("/api/v1/users/{name}")
    UserView changeUser(
            @PathVariable String name,
            @RequestBody UserChange change,
            @AuthenticationPrincipal Caller caller,
            ServerWebExchange exchange) {
        Act act = Act.of(caller, Origin.of(exchange), "user.change", name);
        Account before = existing(name);
        List<Grant> grants = change.grants() == null ? before.grants().all() : change.grants();
        checkGrants(grants);
        boolean disabled = change.disabled() == null ? before.disabled() : change.disabled();
        boolean lessOfOneself =
                name.equals(caller.user())
                        && (disabled || !new Grants(grants).coverEverywhere(Role.ADMIN));
        if (lessOfOneself) {
            audit.denied(act, "administrators do not lock themselves out");
            throw new Refusal(
                    HttpStatus.CONFLICT,
                    "user.oneself",
                    Map.of(),
                    "you would lock yourself out; another administrator can do it");
        }
        String displayName =
                change.displayName() == null ? before.displayName() : change.displayName();
        checkDisplayName(displayName);
        accounts.change(name, displayName, new Grants(grants), disabled);
        if (disabled || !grants.equals(before.grants().all())) {
            sessions.endAllOf(name, null);
        }
        audit.allowed(act);
        return view(existing(name));
    }

    /** Draws a new password for a user; ends the user's sessions. */
    @PostMapping("/api/v1/users/{name}/password")
    DrawnPassword resetPassword(
            @PathVariable String name,
            @AuthenticationPrincipal Caller caller,
            ServerWebExchange exchange) {
        Act act = Act.of(caller, Origin.of(exchange), "user.password", name);
        existing(name);
        String password = Drawn.password(random);
        accounts.setPassword(name, passwords.hash(password), true);
        first.passwordChanged(name);
        sessions.endAllOf(name, name.equals(caller.user()) ? caller.session() : null);
        audit.allowed(act);
        return new DrawnPassword(view(existing(name)), password);
    }

    private Account existing(String name) {
        return accounts.find(name).orElseThrow(() -> Refusal.notFound("user", name));
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw invalid(
                    "user.name",
                    "name: found '"
                            + name
                            + "', expected 1 to 64 of a-z 0-9 . _ - with a letter or digit first");
        }
    }

    private static void checkDisplayName(String name) {
        if (name.isBlank() || name.length() > LONGEST_DISPLAY_NAME) {
            throw invalid(
                    "user.display-name",
                    "displayName: found "
                            + name.length()
                            + " characters, expected 1 to "
                            + LONGEST_DISPLAY_NAME);
        }
    }

    private static void checkGrants(@Nullable List<Grant> grants) {
        if (grants == null || grants.isEmpty()) {
            throw invalid("user.grants", "grants: found none, expected a role or more");
        }
    }

    private static Refusal invalid(String code, String message) {
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, code, Map.of(), message);
    }

    private static UserView view(Account account) {
        return new UserView(
                account.name(),
                account.displayName(),
                account.grants().all(),
                account.disabled(),
                account.passwordChangeDue(),
                account.createdAt(),
                account.lastSignInAt());
    }
}
