package io.lateen.portal.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.lateen.portal.backend.Backend;
import io.lateen.portal.caller.Caller;
import io.lateen.portal.caller.Grant;
import io.lateen.portal.caller.Grants;
import io.lateen.portal.caller.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Signs a token for one request to one backend: who asks, with which roles in which namespaces. It
 * holds for a minute, and at that backend alone. Thread-safe.
 */
public final class BackendTokens {
    /** Who issues them. */
    static final String ISSUER = "lateen-portal";

    private static final Duration HOLDS_FOR = Duration.ofSeconds(60);

    /** The portal itself reads for everybody, and shows to each what they may see. */
    private static final Grants READER = new Grants(List.of(Grant.everywhere(Role.VIEWER)));

    private final SigningKeys keys;
    private final Clock clock;

    BackendTokens(SigningKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** A token with which a caller's request goes on. */
    public String of(Caller caller, Backend backend) {
        return sign(caller.user(), caller.grants(), backend);
    }

    /** A token with which the portal reads by itself. */
    public String ofThePortal(Backend backend) {
        return sign(ISSUER, READER, backend);
    }

    private String sign(String subject, Grants grants, Backend backend) {
        ECKey key = keys.signing();
        Instant now = clock.instant();
        JWTClaimsSet claims =
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .subject(subject)
                        .audience(backend.wireName())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(HOLDS_FOR)))
                        .jwtID(UUID.randomUUID().toString())
                        .claim("grants", grants.all().stream().map(BackendTokens::claim).toList())
                        .build();
        var token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .keyID(key.getKeyID())
                                .type(JOSEObjectType.JWT)
                                .build(),
                        claims);
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("a key that was drawn here signs", e);
        }
        return token.serialize();
    }

    private static Map<String, Object> claim(Grant grant) {
        return Map.of("role", grant.role().wireName(), "namespaces", grant.namespaces());
    }
}
