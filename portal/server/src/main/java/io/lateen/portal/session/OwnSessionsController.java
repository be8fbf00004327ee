package io.lateen.portal.session;

import io.lateen.portal.account.Account;
import io.lateen.portal.account.Accounts;
import io.lateen.portal.account.FirstAdministrator;
import io.lateen.portal.account.Passwords;
import io.lateen.portal.audit.Act;
import io.lateen.portal.audit.AuditLog;
import io.lateen.portal.audit.Origin;
import io.lateen.portal.caller.Caller;
import io.lateen.portal.caller.Role;
import io.lateen.portal.caller.SignIn;
import io.lateen.portal.problem.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** One's own sessions and password; for administrators everybody's sessions. */
@RestController
final class OwnSessionsController {
    private final Sessions sessions;
    private final Accounts accounts;
    private final Passwords passwords;
    private final FirstAdministrator first;
    private final AuditLog audit;

    OwnSessionsController(
            Sessions sessions,
            Accounts accounts,
            Passwords passwords,
            FirstAdministrator first,
            AuditLog audit) {
        this.sessions = sessions;
        this.accounts = accounts;
        this.passwords = passwords;
        this.first = first;
        this.audit = audit;
    }

    /**
     * Sessions that hold.
     *
     * @param all everybody's, for administrators
     */
    @GetMapping("/api/v1/sessions")
    List<SessionSummary> listSessions(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(defaultValue = "false") boolean all) {
        if (all && !isAdmin(caller)) {
            throw forbidden();
        }
        return sessions.list(all ? null : caller.user()).stream()
                .map(session -> summary(session, caller))
                .toList();
    }

    /** Ends a session: one's own, or for administrators anybody's. */
    @DeleteMapping("/api/v1/sessions/{id}")
    ResponseEntity<Void> endSession(
            @PathVariable String id,
            @AuthenticationPrincipal Caller caller,
            ServerWebExchange exchange) {
        Act act = Act.of(caller, Origin.of(exchange), "session.end", id);
        // Somebody else's is answered like none at all: its id is nothing to be tried.
        Session session =
                handle(id)
                        .flatMap(sessions::get)
                        .filter(found -> found.user().equals(caller.user()) || isAdmin(caller))
                        .orElseThrow(
                                () -> {
                                    audit.denied(act, "no such session of the caller");
                                    return Refusal.notFound("session", id);
                                });
        sessions.end(session.handle());
        audit.allowed(act);
        return ResponseEntity.noContent().build();
    }

    /** Changes one's own password; ends one's other sessions. */
    @PutMapping("/api/v1/session/password")
    ResponseEntity<Void> changePassword(
            @RequestBody PasswordChange change,
            @AuthenticationPrincipal Caller caller,
            ServerWebExchange exchange) {
        Act act = Act.of(caller, Origin.of(exchange), "password.change", caller.user());
        Optional<Account> account =
                caller.signIn() == SignIn.LOCAL ? accounts.find(caller.user()) : Optional.empty();
        if (account.isEmpty()) {
            throw Refusal.badRequest(
                    "password.elsewhere",
                    Map.of(),
                    "your password is kept where you signed in; change it there");
        }
        if (!passwords.match(change.current(), account.get().passwordHash())) {
            audit.failed(act, "the current password is wrong");
            throw new Refusal(
                    HttpStatus.FORBIDDEN,
                    "password.wrong",
                    Map.of(),
                    "the current password is wrong");
        }
        passwords.check(change.next(), caller.user());
        accounts.setPassword(caller.user(), passwords.hash(change.next()), false);
        first.passwordChanged(caller.user());
        sessions.endAllOf(caller.user(), caller.session());
        audit.allowed(act);
        return ResponseEntity.noContent().build();
    }

    private static Optional<String> handle(String id) {
        try {
            return Optional.of(UUID.fromString(id).toString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isAdmin(Caller caller) {
        return caller.grants().coverEverywhere(Role.ADMIN);
    }

    private static Refusal forbidden() {
        return new Refusal(
                HttpStatus.FORBIDDEN,
                "access.denied",
                Map.of("needed", Role.ADMIN.wireName()),
                "everybody's sessions are for administrators");
    }

    private static SessionSummary summary(Session session, Caller caller) {
        return new SessionSummary(
                session.handle(),
                session.user(),
                session.handle().equals(caller.session()),
                session.signIn(),
                session.address(),
                session.agent(),
                session.startedAt(),
                session.lastSeenAt(),
                session.endsAt());
    }
}
