package io.lateen.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that the portal signs for a user's request: JWT (RFC 7519) with ES256 and nothing else,
 * the key by its id from the portal's key set. Thread-safe; may block while keys are fetched.
 */
final class SignedTokens {
    /** Who signs them. */
    static final String ISSUER = "lateen-portal";

    /** The portal's live for a minute; one made to last is not one of the portal's. */
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

    private static final int LONGEST_TOKEN = 16 << 10;

    private final String audience;
    private final @Nullable SigningKeys keys;
    private final Duration skew;
    private final Clock clock;

    /**
     * @param keys null where none are configured: every signed token is refused then
     */
    SignedTokens(String audience, @Nullable SigningKeys keys, Duration skew, Clock clock) {
        this.audience = audience;
        this.keys = keys;
        this.skew = skew;
        this.clock = clock;
    }

    Recognition recognise(String token) {
        if (keys == null) {
            return refused(
                    "signed tokens are not accepted here: lateen.access.jwks-uri is not set");
        }
        if (token.length() > LONGEST_TOKEN) {
            return refused("it is longer than " + LONGEST_TOKEN + " characters");
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            Optional<String> fault = headerFault(jwt.getHeader());
            if (fault.isPresent()) {
                return refused(fault.get());
            }
            Optional<ECKey> key = keys.find(jwt.getHeader().getKeyID());
            if (key.isEmpty()) {
                return refused("its key is not one of the portal's");
            }
            if (!jwt.verify(new ECDSAVerifier(key.get()))) {
                return refused("its signature does not fit");
            }
            return judge(jwt.getJWTClaimsSet());
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            // Of the many ways to be malformed the caller is told none: it did not come from the
            // portal.
            return refused("it is no token of the portal");
        }
    }

    private static Optional<String> headerFault(JWSHeader header) {
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())) {
            return Optional.of("it is signed with another algorithm than ES256");
        }
        if (header.getKeyID() == null || header.getKeyID().isEmpty()) {
            return Optional.of("it names no key");
        }
        boolean bringsItsOwnKey =
                header.getJWK() != null
                        || header.getJWKURL() != null
                        || header.getX509CertURL() != null
                        || header.getX509CertChain() != null;
        if (bringsItsOwnKey) {
            return Optional.of("it brings its own key");
        }
        if (header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
            return Optional.of("it has parameters that are not understood here");
        }
        JOSEObjectType type = header.getType();
        if (type != null && !JOSEObjectType.JWT.equals(type)) {
            return Optional.of("it is of another type than JWT");
        }
        return Optional.empty();
    }

    private Recognition judge(JWTClaimsSet claims) throws ParseException {
        if (!ISSUER.equals(claims.getIssuer())) {
            return refused("it was not issued by " + ISSUER);
        }
        if (!claims.getAudience().contains(audience)) {
            return refused("it is not for the " + audience);
        }
        Optional<String> fault = timeFault(claims);
        if (fault.isPresent()) {
            return refused(fault.get());
        }
        String subject = claims.getSubject();
        if (subject == null || subject.isBlank() || subject.length() > 256) {
            return refused("it names no user");
        }
        if (claims.getJWTID() == null) {
            return refused("it has no id (jti)");
        }
        return new Recognition.Known(new Caller(subject, GrantsClaim.read(claims)));
    }

    private Optional<String> timeFault(JWTClaimsSet claims) {
        Date issued = claims.getIssueTime();
        Date expires = claims.getExpirationTime();
        Date notBefore = claims.getNotBeforeTime();
        if (issued == null || expires == null) {
            return Optional.of("it does not say from when to when it holds (iat, exp)");
        }
        Instant now = clock.instant();
        if (issued.toInstant().isAfter(now.plus(skew))
                || (notBefore != null && notBefore.toInstant().isAfter(now.plus(skew)))) {
            return Optional.of("it does not hold yet; check the clocks of both hosts");
        }
        if (!expires.toInstant().isAfter(now.minus(skew))) {
            return Optional.of("it has expired");
        }
        if (Duration.between(issued.toInstant(), expires.toInstant()).compareTo(LONGEST_LIFE) > 0) {
            return Optional.of("it holds for longer than " + LONGEST_LIFE.toMinutes() + " minutes");
        }
        return Optional.empty();
    }

    private static Recognition refused(String why) {
        return new Recognition.Refused("the token is refused: " + why);
    }
}
