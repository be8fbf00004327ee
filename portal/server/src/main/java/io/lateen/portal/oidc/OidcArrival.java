package io.lateen.portal.oidc;

import io.lateen.portal.audit.Act;
import io.lateen.portal.audit.AuditLog;
import io.lateen.portal.audit.Origin;
import io.lateen.portal.caller.Grants;
import io.lateen.portal.caller.SignIn;
import io.lateen.portal.session.NewSession;
import io.lateen.portal.session.SessionCookie;
import io.lateen.portal.session.Sessions;
import io.lateen.portal.store.Blocking;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.ServerAuthenticationFailureHandler;
import org.springframework.security.web.server.authentication.ServerAuthenticationSuccessHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What happens when somebody comes back from the provider: a session of ours, or a reason. */
final class OidcArrival
        implements ServerAuthenticationSuccessHandler, ServerAuthenticationFailureHandler {
    private static final Logger log = LoggerFactory.getLogger(OidcArrival.class);
    private static final String PREFIX = "oidc:";
    private static final String ACTION = "session.start";

    private final OidcSettings settings;
    private final GroupGrants groups;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final AuditLog audit;
    private final Blocking blocking;

    OidcArrival(
            OidcSettings settings,
            GroupGrants groups,
            Sessions sessions,
            SessionCookie cookie,
            AuditLog audit,
            Blocking blocking) {
        this.settings = settings;
        this.groups = groups;
        this.sessions = sessions;
        this.cookie = cookie;
        this.audit = audit;
        this.blocking = blocking;
    }

    @Override
    public Mono<Void> onAuthenticationSuccess(
            WebFilterExchange filter, Authentication authentication) {
        ServerWebExchange exchange = filter.getExchange();
        if (!(authentication.getPrincipal() instanceof OidcUser user)) {
            return refused(exchange, "", "the provider named nobody");
        }
        String name = PREFIX + name(user);
        Grants grants = groups.of(groups(user));
        if (grants.all().isEmpty()) {
            return refused(exchange, name, "none of the user's groups has a role here");
        }
        String fullName = user.getFullName();
        var who =
                new NewSession(name, fullName == null ? name(user) : fullName, SignIn.OIDC, grants);
        Origin origin = Origin.of(exchange);
        return blocking.call(
                        () -> {
                            Sessions.Started started = sessions.start(who, origin);
                            audit.allowed(Act.of(started.session().caller(), origin, ACTION, name));
                            return started.cookie();
                        })
                .flatMap(
                        id -> {
                            exchange.getResponse().addCookie(cookie.holding(id));
                            return redirect(
                                    exchange,
                                    exchange.getAttributeOrDefault(OidcRequests.RETURN, "/"));
                        });
    }

    @Override
    public Mono<Void> onAuthenticationFailure(
            WebFilterExchange filter, AuthenticationException failure) {
        log.warn("a sign-in at the provider failed found={}", String.valueOf(failure.getMessage()));
        log.debug("how it failed", failure);
        return refused(filter.getExchange(), "", "the provider's answer was not accepted");
    }

    private Mono<Void> refused(ServerWebExchange exchange, String name, String reason) {
        Act act = Act.ofStranger(name, Origin.of(exchange), ACTION, name);
        return blocking.run(() -> audit.failed(act, reason))
                .then(
                        Mono.defer(
                                () ->
                                        redirect(
                                                exchange,
                                                "/sign-in?error="
                                                        + (name.isEmpty()
                                                                ? "provider"
                                                                : "no-role"))));
    }

    private static Mono<Void> redirect(ServerWebExchange exchange, String path) {
        exchange.getResponse().setStatusCode(HttpStatus.FOUND);
        exchange.getResponse().getHeaders().setLocation(URI.create(path));
        return exchange.getResponse().setComplete();
    }

    private String name(OidcUser user) {
        Object claim = user.getClaims().get(settings.userClaim());
        return claim == null ? Objects.requireNonNullElse(user.getSubject(), "") : claim.toString();
    }

    private List<String> groups(OidcUser user) {
        Object claim = user.getClaims().get(settings.groupsClaim());
        return switch (claim) {
            case Collection<?> many -> many.stream().map(String::valueOf).toList();
            case String one -> List.of(one);
            case null, default -> List.of();
        };
    }
}
