package io.lateen.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.lateen.testkit.clock.ManualClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which signed tokens are believed: keys come over a real socket. */
final class SignedTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration SKEW = Duration.ofSeconds(5);

    private final ManualClock clock = new ManualClock(NOW);
    private final Portal portal = new Portal();
    private final SigningKeys keys =
            new SigningKeys(new HttpKeySource(portal.keySet(), Optional.empty()), clock);
    private final SignedTokens tokens = new SignedTokens("manager", keys, SKEW, clock);

    @AfterEach
    void stop() {
        portal.close();
    }

    @Test
    void believesThePortal() {
        Recognition found = tokens.recognise(portal.sign(Portal.claims(NOW).build()));

        assertThat(found)
                .isEqualTo(
                        new Recognition.Known(
                                new Caller(
                                        "ada",
                                        List.of(
                                                Grant.everywhere(Role.VIEWER),
                                                new Grant(Role.OPERATOR, Set.of("default"))))));
    }

    @Test
    void aTokenLivesAsLongAsItSaysGiveOrTakeTheSkew() {
        String token = portal.sign(Portal.claims(NOW).build());

        clock.advance(Duration.ofSeconds(64));
        assertThat(tokens.recognise(token)).isInstanceOf(Recognition.Known.class);

        clock.advance(Duration.ofSeconds(1));
        assertThat(why(tokens.recognise(token))).contains("expired");
    }

    @Test
    void aTokenOfTheNearFutureIsBelieved() {
        String near = portal.sign(Portal.claims(NOW.plusSeconds(5)).build());
        String far = portal.sign(Portal.claims(NOW.plusSeconds(6)).build());

        assertThat(tokens.recognise(near)).isInstanceOf(Recognition.Known.class);
        assertThat(why(tokens.recognise(far))).contains("does not hold yet");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void refuses(String name, Forgery forgery, String reason) throws JOSEException {
        Recognition found = tokens.recognise(forgery.make(portal));

        assertThat(why(found)).as(name).contains(reason);
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                hostile(
                        "alg none",
                        portal -> new PlainJWT(Portal.claims(NOW).build()).serialize(),
                        "no token of the portal"),
                hostile(
                        "alg none with a key id and the signature of nobody",
                        portal -> raw("{\"alg\":\"none\",\"kid\":\"first\"}", "") + "AAAA",
                        "no token of the portal"),
                hostile(
                        "HS256 with the public key as the secret",
                        portal -> {
                            byte[] secret =
                                    portal.current()
                                            .toPublicJWK()
                                            .toJSONString()
                                            .getBytes(StandardCharsets.UTF_8);
                            return signed(JWSAlgorithm.HS256, new MACSigner(secret), "first");
                        },
                        "another algorithm than ES256"),
                hostile(
                        "RS256 under a known key id",
                        portal ->
                                signed(
                                        JWSAlgorithm.RS256,
                                        new RSASSASigner(new RSAKeyGenerator(2048).generate()),
                                        "first"),
                        "another algorithm than ES256"),
                hostile(
                        "ES384",
                        portal ->
                                signed(
                                        JWSAlgorithm.ES384,
                                        new ECDSASigner(new ECKeyGenerator(Curve.P_384).generate()),
                                        "first"),
                        "another algorithm than ES256"),
                hostile(
                        "another's key under a known id",
                        portal -> with(Portal.header("first").build(), Portal.key("first")),
                        "signature does not fit"),
                hostile(
                        "a key that nobody knows",
                        portal -> with(Portal.header("mine").build(), Portal.key("mine")),
                        "not one of the portal's"),
                hostile(
                        "no key id",
                        portal ->
                                with(
                                        new JWSHeader.Builder(JWSAlgorithm.ES256).build(),
                                        portal.current()),
                        "names no key"),
                hostile(
                        "its own key in the header",
                        portal -> {
                            ECKey own = Portal.key("first");
                            return with(Portal.header("first").jwk(own.toPublicJWK()).build(), own);
                        },
                        "brings its own key"),
                hostile(
                        "an address of keys in the header",
                        portal ->
                                with(
                                        Portal.header("first")
                                                .jwkURL(URI.create("http://127.0.0.1:9/keys"))
                                                .build(),
                                        portal.current()),
                        "brings its own key"),
                hostile(
                        "a critical parameter",
                        portal ->
                                with(
                                        Portal.header("first")
                                                .criticalParams(Set.of("must"))
                                                .customParam("must", "obey")
                                                .build(),
                                        portal.current()),
                        "not understood"),
                hostile(
                        "another type of token",
                        portal ->
                                with(
                                        Portal.header("first")
                                                .type(new JOSEObjectType("logout+jwt"))
                                                .build(),
                                        portal.current()),
                        "another type than JWT"),
                hostile(
                        "claims changed after signing",
                        portal -> {
                            String[] parts =
                                    portal.sign(Portal.claims(NOW).build()).split("\\.", 3);
                            String other = Portal.claims(NOW).subject("admin").build().toString();
                            return parts[0] + "." + base64(other) + "." + parts[2];
                        },
                        "signature does not fit"),
                hostile(
                        "a signature of zeroes (CVE-2022-21449)",
                        portal -> {
                            String token = portal.sign(Portal.claims(NOW).build());
                            return token.substring(0, token.lastIndexOf('.') + 1)
                                    + Base64.getUrlEncoder()
                                            .withoutPadding()
                                            .encodeToString(new byte[64]);
                        },
                        "the token is refused"),
                hostile(
                        "no signature",
                        portal -> {
                            String token = portal.sign(Portal.claims(NOW).build());
                            return token.substring(0, token.lastIndexOf('.') + 1);
                        },
                        "the token is refused"),
                claims("another issuer", claims -> claims.issuer("mallory"), "not issued by"),
                claims("no issuer", claims -> claims.issuer(null), "not issued by"),
                claims("another audience", claims -> claims.audience("mixer"), "not for the"),
                claims("no audience", claims -> claims.audience((String) null), "not for the"),
                claims(
                        "an audience that is a part of the right one",
                        claims -> claims.audience("manag"),
                        "not for the"),
                claims("no expiry", claims -> claims.expirationTime(null), "from when to when"),
                claims("no time of issue", claims -> claims.issueTime(null), "from when to when"),
                claims(
                        "expired",
                        claims -> claims.issueTime(at(-120)).expirationTime(at(-60)),
                        "expired"),
                claims("a year of life", claims -> claims.expirationTime(at(31_536_000)), "longer"),
                claims(
                        "issued long ago, to last",
                        claims -> claims.issueTime(at(-31_536_000)).expirationTime(at(60)),
                        "longer"),
                claims("not yet", claims -> claims.notBeforeTime(at(30)), "not hold yet"),
                claims("no user", claims -> claims.subject(null), "names no user"),
                claims("a blank user", claims -> claims.subject("  "), "names no user"),
                claims("a user of 257 letters", c -> c.subject("a".repeat(257)), "names no user"),
                claims("no id", claims -> claims.jwtID(null), "no id"),
                claims("no grants", claims -> claims.claim("grants", null), "no token of"),
                claims("grants that are a word", c -> c.claim("grants", "admin"), "no token of"),
                grant("a role that is none", Map.of("role", "root", "namespaces", List.of("*"))),
                grant("a role in capitals", Map.of("role", "ADMIN", "namespaces", List.of("*"))),
                grant("no namespaces", Map.of("role", "admin")),
                grant("namespaces of none", Map.of("role", "admin", "namespaces", List.of())),
                grant("a namespace in a text", Map.of("role", "admin", "namespaces", "*")),
                grant(
                        "everywhere beside a name",
                        Map.of("role", "admin", "namespaces", List.of("*", "default"))),
                grant("a number", Map.of("role", "admin", "namespaces", List.of(7))),
                hostile("three words", portal -> "a.b.c", "no token of the portal"),
                hostile("dots", portal -> "..", "no token of the portal"),
                hostile("text", portal -> raw("{\"alg\":\"ES256\"}", "hello") + "", "refused"),
                hostile(
                        "a header that is no object",
                        portal -> base64("[]") + "." + base64("{}") + ".AAAA",
                        "no token of the portal"),
                hostile("17 KiB", portal -> "e".repeat(17 << 10), "longer than"));
    }

    @Test
    void theTableIsNotEmpty() {
        assertThat(hostile()).hasSizeGreaterThan(40);
    }

    @Test
    void keysOfAnotherKindInTheSetAreNoKeys() throws JOSEException {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        ECKey large = new ECKeyGenerator(Curve.P_384).keyID("large").generate();
        ECKey sealing =
                new ECKeyGenerator(Curve.P_256)
                        .keyID("sealing")
                        .keyUse(KeyUse.ENCRYPTION)
                        .generate();
        portal.serve(new JWKSet(List.of(rsa, large, sealing)).toString(true));

        for (String id : List.of("rsa", "large", "sealing")) {
            assertThat(keys.find(id)).as(id).isEmpty();
        }
    }

    @Test
    void withoutAKeySetNoSignedTokenIsBelieved() {
        var closed = new SignedTokens("manager", null, SKEW, clock);

        assertThat(why(closed.recognise(portal.sign(Portal.claims(NOW).build()))))
                .contains("lateen.access.jwks-uri");
    }

    interface Forgery {
        String make(Portal portal) throws JOSEException;
    }

    interface Change {
        JWTClaimsSet.Builder apply(JWTClaimsSet.Builder claims);
    }

    private static Arguments hostile(String name, Forgery forgery, String reason) {
        return Arguments.of(name, forgery, reason);
    }

    private static Arguments claims(String name, Change change, String reason) {
        return hostile(
                name, portal -> portal.sign(change.apply(Portal.claims(NOW)).build()), reason);
    }

    private static Arguments grant(String name, Map<String, Object> grant) {
        return claims(name, claims -> claims.claim("grants", List.of(grant)), "no token of");
    }

    private static String with(JWSHeader header, ECKey key) {
        return Portal.sign(header, Portal.claims(NOW).build(), key);
    }

    private static String signed(JWSAlgorithm algorithm, JWSSigner signer, String keyId)
            throws JOSEException {
        var header = new JWSHeader.Builder(algorithm).keyID(keyId).build();
        var token = new SignedJWT(header, Portal.claims(NOW).build());
        token.sign(signer);
        return token.serialize();
    }

    private static String raw(String header, String claims) {
        return base64(header)
                + "."
                + base64(claims.isEmpty() ? Portal.claims(NOW).build().toString() : claims)
                + ".";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Date at(long seconds) {
        return Date.from(NOW.plusSeconds(seconds));
    }

    private static String why(Recognition found) {
        assertThat(found).isInstanceOf(Recognition.Refused.class);
        return ((Recognition.Refused) found).why();
    }
}
