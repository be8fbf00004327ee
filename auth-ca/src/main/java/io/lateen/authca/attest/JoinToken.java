package io.lateen.authca.attest;

import io.lateen.model.identity.SpiffeId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A secret that is worth one certificate of one identity; without the secret.
 *
 * @param usedFrom the address from which it was used
 */
public record JoinToken(
        UUID id,
        SpiffeId identity,
        Instant madeAt,
        String madeBy,
        Instant expiresAt,
        Optional<Instant> usedAt,
        Optional<String> usedFrom,
        Optional<Instant> revokedAt) {

    /** What a token is good for now. */
    public enum State {
        UNUSED,
        USED,
        EXPIRED,
        REVOKED
    }

    /** What it is good for at a moment. */
    public State state(Instant now) {
        if (usedAt.isPresent()) {
            return State.USED;
        }
        if (revokedAt.isPresent()) {
            return State.REVOKED;
        }
        return now.isBefore(expiresAt) ? State.UNUSED : State.EXPIRED;
    }
}
