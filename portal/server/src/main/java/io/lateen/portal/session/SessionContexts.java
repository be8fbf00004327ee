package io.lateen.portal.session;

import io.lateen.portal.caller.Caller;
import io.lateen.portal.caller.Role;
import io.lateen.portal.store.Blocking;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Tells Spring Security who sends a request, by its session's cookie. Never starts a session:
 * signing in does, by {@link Sessions#start}.
 */
public final class SessionContexts implements ServerSecurityContextRepository {
    /** The authority of whoever is an administrator everywhere. */
    public static final String ADMIN = "admin";

    /** What the page sends with what it asks by itself, unasked: it does not count as use. */
    private static final String BY_ITSELF = "X-Background";

    private static final String STREAM = "/api/v1/events";

    private final SessionCookie cookie;
    private final Sessions sessions;
    private final Blocking blocking;

    SessionContexts(SessionCookie cookie, Sessions sessions, Blocking blocking) {
        this.cookie = cookie;
        this.sessions = sessions;
        this.blocking = blocking;
    }

    @Override
    public Mono<SecurityContext> load(ServerWebExchange exchange) {
        String id = cookie.of(exchange);
        if (id == null) {
            return Mono.empty();
        }
        boolean byItself = isByItself(exchange.getRequest());
        return blocking.call(() -> byItself ? sessions.find(id) : sessions.use(id))
                .flatMap(Mono::justOrEmpty)
                .map(session -> context(session.caller()));
    }

    /** The browser opens the stream of events by itself, again and again, and sets no header. */
    private static boolean isByItself(ServerHttpRequest request) {
        return request.getHeaders().getFirst(BY_ITSELF) != null
                || request.getPath().value().equals(STREAM);
    }

    @Override
    public Mono<Void> save(ServerWebExchange exchange, @Nullable SecurityContext context) {
        return Mono.empty();
    }

    private static SecurityContext context(Caller caller) {
        List<GrantedAuthority> authorities = new ArrayList<>();
        for (Role role : Role.values()) {
            if (caller.grants().cover(role) && role != Role.ADMIN) {
                authorities.add(new SimpleGrantedAuthority(role.wireName()));
            }
        }
        if (caller.grants().coverEverywhere(Role.ADMIN)) {
            authorities.add(new SimpleGrantedAuthority(ADMIN));
        }
        return new SecurityContextImpl(
                UsernamePasswordAuthenticationToken.authenticated(caller, null, authorities));
    }

    /** The caller of a security context; empty when nobody is signed in. */
    public static Optional<Caller> caller(SecurityContext context) {
        return context.getAuthentication() != null
                        && context.getAuthentication().getPrincipal() instanceof Caller caller
                ? Optional.of(caller)
                : Optional.empty();
    }
}
