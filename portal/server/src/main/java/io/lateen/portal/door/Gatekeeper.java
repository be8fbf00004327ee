package io.lateen.portal.door;

import io.lateen.portal.audit.Act;
import io.lateen.portal.audit.AuditLog;
import io.lateen.portal.audit.Origin;
import io.lateen.portal.problem.ProblemHandler;
import io.lateen.portal.problem.Refusal;
import io.lateen.portal.session.SessionContexts;
import io.lateen.portal.store.Blocking;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.security.web.server.csrf.CsrfException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Says 401 and 403 as problems, and has each denied action in the audit. */
final class Gatekeeper implements ServerAuthenticationEntryPoint, ServerAccessDeniedHandler {
    private final SessionContexts contexts;
    private final ProblemHandler problems;
    private final AuditLog audit;
    private final Blocking blocking;

    Gatekeeper(
            SessionContexts contexts, ProblemHandler problems, AuditLog audit, Blocking blocking) {
        this.contexts = contexts;
        this.problems = problems;
        this.audit = audit;
        this.blocking = blocking;
    }

    @Override
    public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException failure) {
        return problems.write(
                exchange,
                new Refusal(
                        HttpStatus.UNAUTHORIZED, "session.none", Map.of(), "nobody is signed in"));
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, AccessDeniedException denied) {
        boolean token = denied instanceof CsrfException;
        Refusal refusal =
                token
                        ? new Refusal(
                                HttpStatus.FORBIDDEN,
                                "forgery.token",
                                Map.of(),
                                "the header X-XSRF-TOKEN is not what the cookie XSRF-TOKEN holds")
                        : new Refusal(
                                HttpStatus.FORBIDDEN,
                                "access.denied",
                                Map.of("needed", "admin"),
                                "that is for administrators");
        // Not from the context: forgeries are found before there is one.
        return contexts.load(exchange)
                .flatMap(context -> Mono.justOrEmpty(SessionContexts.caller(context)))
                .flatMap(
                        caller ->
                                blocking.call(
                                        () -> {
                                            audit.denied(
                                                    Act.of(
                                                            caller,
                                                            Origin.of(exchange),
                                                            "request."
                                                                    + exchange.getRequest()
                                                                            .getMethod()
                                                                            .name(),
                                                            exchange.getRequest()
                                                                    .getPath()
                                                                    .value()),
                                                    refusal.code());
                                            return caller;
                                        }))
                .then(Mono.defer(() -> problems.write(exchange, refusal)));
    }
}
