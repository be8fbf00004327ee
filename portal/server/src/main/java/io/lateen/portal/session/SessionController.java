package io.lateen.portal.session;

import io.lateen.portal.account.Account;
import io.lateen.portal.account.PasswordSignIn;
import io.lateen.portal.audit.Act;
import io.lateen.portal.audit.AuditLog;
import io.lateen.portal.audit.Origin;
import io.lateen.portal.caller.Caller;
import io.lateen.portal.caller.Capability;
import io.lateen.portal.caller.SignIn;
import io.lateen.portal.problem.Refusal;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** {@code /api/v1/session}: sign in, who am I, sign out. On virtual threads. */
@RestController
final class SessionController {
    private final PasswordSignIn signIn;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final AuditLog audit;
    private final SignInMethods methods;

    SessionController(
            PasswordSignIn signIn,
            Sessions sessions,
            SessionCookie cookie,
            AuditLog audit,
            SignInMethods methods) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.cookie = cookie;
        this.audit = audit;
        this.methods = methods;
    }

    /** The ways to sign in; asked before anybody has. */
    @GetMapping("/api/v1/sign-in-methods")
    SignInMethods getSignInMethods() {
        return methods;
    }

    /** Who is signed in. */
    @GetMapping("/api/v1/session")
    SessionView getSession(@AuthenticationPrincipal Caller caller) {
        return view(current(caller));
    }

    /** Signs in with a name and a password. */
    @PostMapping("/api/v1/session")
    ResponseEntity<SessionView> signIn(
            @RequestBody SignInRequest request, ServerWebExchange exchange) {
        Origin origin = Origin.of(exchange);
        Act act = Act.ofStranger(request.user(), origin, "session.start", request.user());
        return switch (signIn.attempt(request.user(), request.password(), origin.address())) {
            case PasswordSignIn.Result.Accepted(Account account) -> {
                endTheOneBefore(exchange);
                Sessions.Started started =
                        sessions.start(
                                new NewSession(
                                        account.name(), account.displayName(), SignIn.LOCAL, null),
                                origin);
                audit.allowed(
                        Act.of(
                                started.session().caller(),
                                origin,
                                "session.start",
                                account.name()));
                yield ResponseEntity.ok()
                        .header(HttpHeaders.SET_COOKIE, cookie.holding(started.cookie()).toString())
                        .body(view(started.session()));
            }
            case PasswordSignIn.Result.Refused(String reason) -> {
                audit.failed(act, reason);
                throw new Refusal(
                        HttpStatus.UNAUTHORIZED,
                        "sign-in.refused",
                        Map.of(),
                        "the name or the password is wrong");
            }
            case PasswordSignIn.Result.Locked(Duration left) -> {
                audit.denied(act, "locked after too many wrong passwords");
                throw locked(left);
            }
        };
    }

    /** Signs out; open streams of the session close. */
    @DeleteMapping("/api/v1/session")
    ResponseEntity<Void> signOut(
            @AuthenticationPrincipal Caller caller, ServerWebExchange exchange) {
        sessions.end(caller.session());
        audit.allowed(Act.of(caller, Origin.of(exchange), "session.end", caller.user()));
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie.gone().toString())
                .build();
    }

    /** Who signs in again leaves no second session behind in the same browser. */
    private void endTheOneBefore(ServerWebExchange exchange) {
        String before = cookie.of(exchange);
        if (before != null) {
            sessions.find(before).ifPresent(session -> sessions.end(session.handle()));
        }
    }

    private Session current(Caller caller) {
        return sessions.get(caller.session())
                .orElseThrow(
                        () ->
                                new Refusal(
                                        HttpStatus.UNAUTHORIZED,
                                        "session.none",
                                        Map.of(),
                                        "the session has just ended; sign in"));
    }

    private SessionView view(Session session) {
        return new SessionView(
                session.user(),
                session.displayName(),
                session.signIn(),
                session.grants().all(),
                Capability.of(session.grants()),
                sessions.idleEnd(session),
                session.endsAt(),
                session.passwordChangeDue());
    }

    private static Refusal locked(Duration left) {
        long seconds = Math.max(1, left.toSeconds());
        return new Refusal(
                HttpStatus.TOO_MANY_REQUESTS,
                "sign-in.locked",
                Map.of("retryAfterSeconds", Long.toString(seconds)),
                "too many wrong passwords; try again in " + seconds + " s");
    }
}
