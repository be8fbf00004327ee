package io.lateen.portal.oidc;

import io.lateen.portal.address.PublicAddress;
import io.lateen.portal.secret.Drawn;
import io.lateen.portal.store.Blocking;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.client.web.server.ServerAuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sign-ins on their way to the provider and back: state, nonce and proof key in the database, bound
 * to the browser by a cookie of its own that lives for ten minutes. Taken out once. Thread-safe.
 */
final class OidcRequests
        implements ServerAuthorizationRequestRepository<OAuth2AuthorizationRequest> {
    /** Where to go when the sign-in is done, as the exchange's attribute. */
    static final String RETURN = "io.lateen.portal.oidc.return";

    private static final Duration HOLDS_FOR = Duration.ofMinutes(10);

    /** A path of ours: one slash, no backslash, no scheme, nothing that a browser would bend. */
    private static final Pattern OWN_PATH =
            Pattern.compile("/(?![/\\\\])[A-Za-z0-9/_.~?&=%+,:@-]*");

    private final JdbcClient jdbc;
    private final JsonMapper mapper;
    private final PublicAddress address;
    private final Blocking blocking;
    private final SecureRandom random;
    private final Clock clock;

    OidcRequests(
            JdbcClient jdbc,
            JsonMapper mapper,
            Blocking blocking,
            PublicAddress address,
            SecureRandom random,
            Clock clock) {
        this.jdbc = jdbc;
        this.mapper = mapper;
        this.blocking = blocking;
        this.address = address;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public Mono<Void> saveAuthorizationRequest(
            OAuth2AuthorizationRequest request, ServerWebExchange exchange) {
        String id = Drawn.value(random);
        String asked = exchange.getRequest().getQueryParams().getFirst("return");
        exchange.getResponse().addCookie(cookie(id, HOLDS_FOR));
        return blocking.run(
                () -> {
                    forgetOld();
                    jdbc.sql(
                                    """
                                    insert into oidc_request (id_hash, request, started_at)
                                    values (:hash, cast(:request as jsonb), :now)
                                    """)
                            .param("hash", Drawn.hash(id))
                            .param("request", json(request, ownPath(asked)))
                            .param("now", Timestamp.from(clock.instant()))
                            .update();
                });
    }

    @Override
    public Mono<OAuth2AuthorizationRequest> loadAuthorizationRequest(ServerWebExchange exchange) {
        return take(exchange, false);
    }

    @Override
    public Mono<OAuth2AuthorizationRequest> removeAuthorizationRequest(ServerWebExchange exchange) {
        exchange.getResponse().addCookie(cookie("", Duration.ZERO));
        return take(exchange, true);
    }

    /** The path to go to: the one asked for when it is one of ours, else the first page. */
    static String ownPath(@Nullable String asked) {
        return asked != null && OWN_PATH.matcher(asked).matches() ? asked : "/";
    }

    private Mono<OAuth2AuthorizationRequest> take(ServerWebExchange exchange, boolean once) {
        HttpCookie cookie = exchange.getRequest().getCookies().getFirst(name());
        String state = exchange.getRequest().getQueryParams().getFirst("state");
        if (cookie == null || state == null) {
            return Mono.empty();
        }
        return blocking.call(() -> stored(cookie.getValue(), once))
                .flatMap(Mono::justOrEmpty)
                .filter(json -> json.path("state").asString("").equals(state))
                .map(
                        json -> {
                            exchange.getAttributes().put(RETURN, json.path("return").asString("/"));
                            return request(json);
                        });
    }

    private Optional<JsonNode> stored(String id, boolean once) {
        String since = " where id_hash = :hash and started_at > :since ";
        String sql =
                once
                        ? "delete from oidc_request" + since + "returning request"
                        : "select request from oidc_request" + since;
        return jdbc.sql(sql)
                .param("hash", Drawn.hash(id))
                .param("since", Timestamp.from(clock.instant().minus(HOLDS_FOR)))
                .query(String.class)
                .optional()
                .map(mapper::readTree);
    }

    private void forgetOld() {
        jdbc.sql("delete from oidc_request where started_at <= :since")
                .param("since", Timestamp.from(clock.instant().minus(HOLDS_FOR)))
                .update();
    }

    private String json(OAuth2AuthorizationRequest request, String back) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", request.getState());
        json.put("authorizationUri", request.getAuthorizationUri());
        json.put("authorizationRequestUri", request.getAuthorizationRequestUri());
        json.put("clientId", request.getClientId());
        json.put("redirectUri", request.getRedirectUri());
        json.put("scopes", request.getScopes());
        json.put("parameters", request.getAdditionalParameters());
        json.put("attributes", request.getAttributes());
        json.put("return", back);
        return mapper.writeValueAsString(json);
    }

    private OAuth2AuthorizationRequest request(JsonNode json) {
        return OAuth2AuthorizationRequest.authorizationCode()
                .state(json.path("state").asString(""))
                .authorizationUri(json.path("authorizationUri").asString(""))
                .authorizationRequestUri(json.path("authorizationRequestUri").asString(""))
                .clientId(json.path("clientId").asString(""))
                .redirectUri(json.path("redirectUri").asString(""))
                .scopes(
                        new java.util.LinkedHashSet<>(
                                json.path("scopes").values().stream()
                                        .map(scope -> scope.asString(""))
                                        .toList()))
                .additionalParameters(texts(json.path("parameters")))
                .attributes(attributes -> attributes.putAll(texts(json.path("attributes"))))
                .build();
    }

    private static Map<String, Object> texts(JsonNode json) {
        Map<String, Object> texts = new LinkedHashMap<>();
        json.forEachEntry((name, value) -> texts.put(name, value.asString("")));
        return texts;
    }

    private String name() {
        return address.isSecure() ? "__Host-lateen-oidc" : "lateen-oidc";
    }

    private ResponseCookie cookie(String value, Duration age) {
        return ResponseCookie.from(name(), value)
                .path("/")
                .httpOnly(true)
                .secure(address.isSecure())
                // The provider sends the browser back by a link: with Strict it would not come
                // along.
                .sameSite("Lax")
                .maxAge(age)
                .build();
    }
}
