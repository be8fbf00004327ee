package io.lateen.portal.door;

import io.lateen.portal.address.PublicAddress;
import io.lateen.portal.audit.AuditLog;
import io.lateen.portal.oidc.OidcLogin;
import io.lateen.portal.page.Nonce;
import io.lateen.portal.problem.ProblemHandler;
import io.lateen.portal.session.SessionContexts;
import io.lateen.portal.store.Blocking;
import java.time.Clock;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.security.web.server.csrf.CsrfWebFilter;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRequestAttributeHandler;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.security.web.server.util.matcher.AndServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.NegatedServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** Wires the door: who may come where. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
public class DoorConfiguration {

    @Bean
    FrontDoor frontDoor(PublicAddress address, Nonce nonce, ProblemHandler problems) {
        return new FrontDoor(
                new RequestIds(),
                new SecurityHeaders(address, nonce),
                new ForgeryGuard(address, problems));
    }

    @Bean
    CspReportController cspReportController(Clock clock) {
        return new CspReportController(clock);
    }

    /** Spring Security: sessions of ours, the token against forgery, and the table of paths. */
    @Bean
    SecurityWebFilterChain securityWebFilterChain(
            ServerHttpSecurity http,
            SessionContexts contexts,
            PublicAddress address,
            ProblemHandler problems,
            AuditLog audit,
            Blocking blocking,
            Optional<OidcLogin> oidc) {
        var gatekeeper = new Gatekeeper(contexts, problems, audit, blocking);
        http.securityContextRepository(contexts)
                .requestCache(cache -> cache.requestCache(NoOpServerRequestCache.getInstance()))
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                // Ours stand on every answer, also where this chain is not reached.
                .headers(ServerHttpSecurity.HeaderSpec::disable)
                .csrf(csrf -> csrf(csrf, address, gatekeeper))
                .exceptionHandling(
                        handling ->
                                handling.authenticationEntryPoint(gatekeeper)
                                        .accessDeniedHandler(gatekeeper))
                .authorizeExchange(DoorConfiguration::paths);
        oidc.ifPresent(login -> login.addTo(http));
        return http.build();
    }

    private static void paths(ServerHttpSecurity.AuthorizeExchangeSpec paths) {
        paths
                // Before anybody has signed in.
                .pathMatchers(HttpMethod.GET, "/api/v1/sign-in-methods", "/api/v1/openapi.json")
                .permitAll()
                .pathMatchers(HttpMethod.POST, "/api/v1/session", CspReportController.PATH)
                .permitAll()
                // The portal's own affairs.
                .pathMatchers("/api/v1/users/**", "/api/v1/audit/**", "/actuator/prometheus")
                .hasAuthority(SessionContexts.ADMIN)
                // The mesh: by role and namespace, where it is looked up and at the backends.
                .pathMatchers("/api/**")
                .authenticated()
                // Probes, keys, and the page, which knows nothing by itself.
                .pathMatchers(
                        HttpMethod.GET, "/actuator/health/**", "/.well-known/jwks.json", "/", "/**")
                .permitAll()
                .anyExchange()
                .denyAll();
    }

    private static void csrf(
            ServerHttpSecurity.CsrfSpec csrf, PublicAddress address, Gatekeeper gatekeeper) {
        CookieServerCsrfTokenRepository repository =
                CookieServerCsrfTokenRepository.withHttpOnlyFalse();
        repository.setCookieCustomizer(
                cookie -> cookie.secure(address.isSecure()).sameSite("Lax").path("/"));
        csrf.csrfTokenRepository(repository)
                // The header holds the cookie's value as it is: the token stands in no body, so
                // there is nothing that compression could give away.
                .csrfTokenRequestHandler(new ServerCsrfTokenRequestAttributeHandler())
                .requireCsrfProtectionMatcher(
                        new AndServerWebExchangeMatcher(
                                CsrfWebFilter.DEFAULT_CSRF_MATCHER,
                                new NegatedServerWebExchangeMatcher(
                                        new PathPatternParserServerWebExchangeMatcher(
                                                CspReportController.PATH, HttpMethod.POST))))
                .accessDeniedHandler(gatekeeper);
    }

    /** The token is lazy: the cookie appears when somebody subscribes to it. */
    @Bean
    WebFilter csrfCookie() {
        return (exchange, chain) -> {
            Mono<CsrfToken> token = exchange.getAttribute(CsrfToken.class.getName());
            return (token == null ? Mono.empty() : token).then(chain.filter(exchange));
        };
    }
}
