package io.lateen.portal.relay;

import io.lateen.portal.audit.AuditLog;
import io.lateen.portal.backend.Away;
import io.lateen.portal.backend.Backend;
import io.lateen.portal.backend.BackendSettings;
import io.lateen.portal.backend.BackendStates;
import io.lateen.portal.backend.BackendTrust;
import io.lateen.portal.session.StreamLife;
import io.lateen.portal.store.Blocking;
import io.lateen.portal.token.BackendTokens;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.GatewayFilterSpec;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.cloud.gateway.route.builder.UriSpec;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/**
 * Wires the routes: for each backend one for watches, one for what waits long, one for the rest.
 */
@Configuration(proxyBeanMethods = false)
public class RelayConfiguration {
    private static final int CONNECT_MILLIS = 2_000;

    /** The manager waits up to a minute for a revision to be in force. */
    private static final Duration LONG_WAIT = Duration.ofSeconds(65);

    private static final int FOREVER = -1;

    /** {@code /api/manager}. */
    private static final int PREFIX_PARTS = 2;

    /** Https backends are trusted as the portal's own reading trusts them. */
    @Bean
    HttpClientCustomizer trustInBackends(BackendTrust trust) {
        return trust::apply;
    }

    @Bean
    RouteLocator relayRoutes(
            RouteLocatorBuilder builder,
            BackendSettings settings,
            BackendTokens tokens,
            BackendStates states,
            AuditLog audit,
            StreamLife life,
            Blocking blocking) {
        var parts = new RelayFilter.RelayParts(tokens, states, audit, life, blocking);
        RouteLocatorBuilder.Builder routes = builder.routes();
        for (Backend backend : Backend.values()) {
            add(routes, backend, settings, parts);
        }
        return routes.build();
    }

    private static void add(
            RouteLocatorBuilder.Builder routes,
            Backend backend,
            BackendSettings settings,
            RelayFilter.RelayParts parts) {
        String name = backend.wireName();
        String path = "/api/" + name + "/**";
        Optional<URI> url = settings.url(backend);
        if (url.isEmpty()) {
            routes.route(
                    name,
                    route ->
                            route.path(path)
                                    .filters(
                                            filters ->
                                                    filters.filter(
                                                            (_, _) ->
                                                                    Mono.error(
                                                                            Away.refusal(
                                                                                    parts.states()
                                                                                            .source(
                                                                                                    backend)))))
                                    .uri("no://op"));
            return;
        }
        String to = url.get().toString();
        var relay = new RelayFilter(backend, parts);
        routes.route(
                name + "-watch",
                route ->
                        timed(
                                route.path(path)
                                        .and()
                                        .query("watch", "true|1")
                                        .filters(filters -> through(filters, relay)),
                                FOREVER,
                                to));
        routes.route(
                name + "-wait",
                route ->
                        timed(
                                route.path(path)
                                        .and()
                                        .query("wait")
                                        .filters(filters -> through(filters, relay)),
                                Math.toIntExact(LONG_WAIT.toMillis()),
                                to));
        routes.route(
                name,
                route ->
                        timed(
                                route.path(path).filters(filters -> through(filters, relay)),
                                Math.toIntExact(settings.backendTimeout().toMillis()),
                                to));
    }

    private static UriSpec through(GatewayFilterSpec filters, RelayFilter relay) {
        return filters.stripPrefix(PREFIX_PARTS).filter(relay);
    }

    private static org.springframework.cloud.gateway.route.Route.AsyncBuilder timed(
            UriSpec route, int responseMillis, String to) {
        return (org.springframework.cloud.gateway.route.Route.AsyncBuilder)
                route.metadata(RouteMetadataUtils.CONNECT_TIMEOUT_ATTR, CONNECT_MILLIS)
                        .metadata(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR, responseMillis)
                        .uri(to);
    }
}
