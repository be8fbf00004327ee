package io.lateen.portal.relay;

import io.lateen.portal.audit.Act;
import io.lateen.portal.audit.AuditLog;
import io.lateen.portal.audit.Origin;
import io.lateen.portal.audit.Outcome;
import io.lateen.portal.backend.Away;
import io.lateen.portal.backend.Backend;
import io.lateen.portal.backend.BackendStates;
import io.lateen.portal.caller.Caller;
import io.lateen.portal.caller.Role;
import io.lateen.portal.problem.Refusal;
import io.lateen.portal.session.SessionContexts;
import io.lateen.portal.session.StreamLife;
import io.lateen.portal.store.Blocking;
import io.lateen.portal.token.BackendTokens;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What happens to one request on its way to a backend, and to its answer. */
final class RelayFilter implements GatewayFilter, Ordered {
    private static final Set<HttpMethod> READING =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /** The browser's own business with the portal. */
    private static final List<String> KEPT_BACK =
            List.of(
                    HttpHeaders.COOKIE,
                    HttpHeaders.AUTHORIZATION,
                    HttpHeaders.ORIGIN,
                    HttpHeaders.REFERER,
                    "X-XSRF-TOKEN");

    private final Backend backend;
    private final RelayParts parts;

    RelayFilter(Backend backend, RelayParts parts) {
        this.backend = backend;
        this.parts = parts;
    }

    /** What relays to all backends share. */
    record RelayParts(
            BackendTokens tokens,
            BackendStates states,
            AuditLog audit,
            StreamLife life,
            Blocking blocking) {}

    /** Around the writing of the answer, so that the end of a session ends a watch. */
    @Override
    public int getOrder() {
        return NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return ReactiveSecurityContextHolder.getContext()
                .flatMap(context -> Mono.justOrEmpty(SessionContexts.caller(context)))
                .switchIfEmpty(
                        Mono.error(
                                new Refusal(
                                        HttpStatus.UNAUTHORIZED,
                                        "session.none",
                                        Map.of(),
                                        "nobody is signed in")))
                .flatMap(caller -> relay(caller, exchange, chain));
    }

    private Mono<Void> relay(Caller caller, ServerWebExchange exchange, GatewayFilterChain chain) {
        boolean writes = !READING.contains(exchange.getRequest().getMethod());
        Act act = act(caller, exchange);
        if (writes && !caller.grants().cover(Role.OPERATOR)) {
            return parts.blocking()
                    .run(() -> parts.audit().denied(act, "the caller has no role that writes"))
                    .then(Mono.error(needsOperator()));
        }
        exchange.getResponse().beforeCommit(() -> answered(exchange, act, writes));
        Mono<Void> sent =
                parts.blocking()
                        .call(() -> parts.tokens().of(caller, backend))
                        .flatMap(token -> chain.filter(withToken(exchange, token)))
                        .onErrorResume(
                                failure ->
                                        exchange.getResponse().isCommitted()
                                                ? Mono.error(failure)
                                                : notAnswered(failure, act, writes));
        // A watch goes on for as long as its session does.
        return Mono.firstWithSignal(sent, parts.life().untilEndOf(caller));
    }

    private static ServerWebExchange withToken(ServerWebExchange exchange, String token) {
        return exchange.mutate()
                .request(
                        request ->
                                request.headers(
                                        headers -> {
                                            KEPT_BACK.forEach(headers::remove);
                                            headers.setBearerAuth(token);
                                        }))
                .build();
    }

    /** Before the first byte of the answer goes to the browser. */
    private Mono<Void> answered(ServerWebExchange exchange, Act act, boolean writes) {
        ServerHttpResponse response = exchange.getResponse();
        if (exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR) == null) {
            return Mono.empty();
        }
        response.getHeaders().remove(HttpHeaders.SET_COOKIE);
        HttpStatusCode status = response.getStatusCode();
        int code = status == null ? 0 : status.value();
        if (code == HttpStatus.UNAUTHORIZED.value()) {
            // It does not know our key yet, or its clock is off: the session here is in order.
            response.setStatusCode(HttpStatus.BAD_GATEWAY);
            parts.states().failed(backend, "it does not accept the portal's token");
        } else {
            parts.states().answered(backend);
        }
        return isRecorded(exchange.getRequest(), writes, code)
                ? parts.blocking().run(() -> parts.audit().add(act, outcome(code), reason(code)))
                : Mono.empty();
    }

    /** Writes, and whatever was denied; a successful dry run changes nothing. */
    private static boolean isRecorded(ServerHttpRequest request, boolean writes, int code) {
        boolean dry = request.getQueryParams().containsKey("dryRun");
        boolean denied = code == HttpStatus.FORBIDDEN.value();
        return denied || (writes && !dry);
    }

    private Mono<Void> notAnswered(Throwable failure, Act act, boolean writes) {
        if (failure instanceof Refusal) {
            return Mono.error(failure);
        }
        String found = Failures.found(failure);
        parts.states().failed(backend, found);
        Mono<Void> recorded =
                writes
                        ? parts.blocking().run(() -> parts.audit().failed(act, found))
                        : Mono.empty();
        return recorded.then(Mono.error(Away.refusal(parts.states().source(backend))));
    }

    private Act act(Caller caller, ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        String query = request.getURI().getRawQuery();
        return Act.of(
                caller,
                Origin.of(exchange),
                backend.wireName() + "." + request.getMethod().name(),
                request.getPath().value() + (query == null ? "" : "?" + query));
    }

    private static Outcome outcome(int code) {
        if (code == HttpStatus.FORBIDDEN.value() || code == HttpStatus.UNAUTHORIZED.value()) {
            return Outcome.DENIED;
        }
        return code >= 200 && code < 400 ? Outcome.ALLOWED : Outcome.FAILED;
    }

    private static @org.jspecify.annotations.Nullable String reason(int code) {
        return code >= 200 && code < 400 ? null : "it answered " + code;
    }

    private static Refusal needsOperator() {
        return new Refusal(
                HttpStatus.FORBIDDEN,
                "access.denied",
                Map.of("needed", Role.OPERATOR.wireName()),
                "writing needs the role operator or more in the namespace; an administrator can"
                        + " grant it");
    }
}
