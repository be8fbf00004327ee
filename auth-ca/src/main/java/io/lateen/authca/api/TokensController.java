package io.lateen.authca.api;

import io.lateen.access.Caller;
import io.lateen.access.Role;
import io.lateen.authca.attest.JoinToken;
import io.lateen.authca.attest.JoinTokens;
import io.lateen.authca.authority.Authority;
import io.lateen.model.document.DurationText;
import io.lateen.model.identity.SpiffeId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /lateen/v1/tokens}: join tokens. To make one is to say who somebody is, so that takes an
 * administrator of the namespace.
 */
@RestController
final class TokensController {

    static final String PATH = "/lateen/v1/tokens";

    private static final Logger log = LoggerFactory.getLogger(TokensController.class);
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofDays(7);

    private final JoinTokens tokens;
    private final Authority authority;
    private final Clock clock;

    TokensController(JoinTokens tokens, Authority authority, Clock clock) {
        this.tokens = tokens;
        this.authority = authority;
        this.clock = clock;
    }

    /**
     * What is asked for.
     *
     * @param ttl how long the token is good, such as {@code 1h}
     */
    record Wish(
            @Nullable String namespace, @Nullable String serviceAccount, @Nullable String ttl) {}

    @PostMapping(PATH)
    ResponseEntity<Map<String, Object>> create(@RequestBody Wish wish, HttpServletRequest request) {
        String namespace = String.valueOf(wish.namespace());
        String account = String.valueOf(wish.serviceAccount());
        Optional<Duration> lifetime = DurationText.parse(wish.ttl() == null ? "1h" : wish.ttl());
        List<String> problems = problems(wish, lifetime);
        if (!problems.isEmpty() || lifetime.isEmpty()) {
            return Refusal.of(
                    HttpStatus.UNPROCESSABLE_CONTENT, "Invalid", String.join("; ", problems));
        }
        Caller caller = Caller.of(request);
        Optional<String> denial = caller.denial(Role.ADMIN, namespace);
        if (denial.isPresent()) {
            return Refusal.of(HttpStatus.FORBIDDEN, "Forbidden", denial.get());
        }
        SpiffeId identity = new SpiffeId(authority.domain(), namespace, account);
        JoinTokens.Drawn drawn = tokens.draw(identity, lifetime.get(), caller.actor());
        log.info(
                "A join token was made. id={} identity={} expires={} by={}",
                drawn.token().id(),
                identity,
                drawn.token().expiresAt(),
                caller.actor());
        Map<String, Object> answer = view(drawn.token());
        answer.put("token", drawn.secret());
        return ResponseEntity.status(HttpStatus.CREATED)
                .header("Cache-Control", "no-store")
                .body(answer);
    }

    @GetMapping(PATH)
    Map<String, Object> list() {
        return Map.of("items", tokens.list().stream().map(this::view).toList());
    }

    @DeleteMapping(PATH + "/{id}")
    ResponseEntity<Map<String, Object>> revoke(
            @PathVariable String id, HttpServletRequest request) {
        Optional<JoinToken> token = uuid(id).flatMap(tokens::find);
        if (token.isEmpty()) {
            return Refusal.of(
                    HttpStatus.NOT_FOUND,
                    "NotFound",
                    "token: found '" + id + "', which is not one of 'lateen token list'");
        }
        Caller caller = Caller.of(request);
        Optional<String> denial = caller.denial(Role.ADMIN, token.get().identity().namespace());
        if (denial.isPresent()) {
            return Refusal.of(HttpStatus.FORBIDDEN, "Forbidden", denial.get());
        }
        return switch (tokens.revoke(token.get().id(), caller.actor())) {
            case REVOKED -> {
                log.info("A join token was revoked. id={} by={}", id, caller.actor());
                yield ResponseEntity.noContent().build();
            }
            case USED_BEFORE ->
                    Refusal.of(
                            HttpStatus.CONFLICT,
                            "Conflict",
                            "token "
                                    + id
                                    + " was used already; what it was worth is a certificate that"
                                    + " runs out by itself");
            case UNKNOWN ->
                    Refusal.of(HttpStatus.NOT_FOUND, "NotFound", "token " + id + " is gone");
        };
    }

    private static List<String> problems(Wish wish, Optional<Duration> lifetime) {
        List<String> problems = new ArrayList<>();
        checkName("namespace", wish.namespace(), problems);
        checkName("serviceAccount", wish.serviceAccount(), problems);
        boolean fits =
                lifetime.filter(it -> it.compareTo(SHORTEST) >= 0 && it.compareTo(LONGEST) <= 0)
                        .isPresent();
        if (!fits) {
            problems.add(
                    "ttl: found '" + wish.ttl() + "', expected 10s to 168h, such as 30m or 1h");
        }
        return problems;
    }

    private static void checkName(String field, @Nullable String name, List<String> problems) {
        if (name == null || !SpiffeId.isSegment(name)) {
            problems.add(
                    field
                            + ": found "
                            + (name == null ? "nothing" : "'" + name + "'")
                            + ", expected a Kubernetes name such as bookinfo-reviews");
        }
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private Map<String, Object> view(JoinToken token) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", token.id().toString());
        view.put("identity", token.identity().toString());
        view.put("namespace", token.identity().namespace());
        view.put("serviceAccount", token.identity().serviceAccount());
        view.put("state", token.state(clock.instant()).name().toLowerCase(Locale.ROOT));
        view.put("createdAt", token.madeAt().toString());
        view.put("createdBy", token.madeBy());
        view.put("expiresAt", token.expiresAt().toString());
        token.usedAt().map(Instant::toString).ifPresent(at -> view.put("usedAt", at));
        token.usedFrom().ifPresent(from -> view.put("usedFrom", from));
        token.revokedAt().map(Instant::toString).ifPresent(at -> view.put("revokedAt", at));
        return view;
    }
}
