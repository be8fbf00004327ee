package io.lateen.authca.api;

import io.lateen.authca.authority.Authority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** What {@code /actuator/health} says of the root. */
final class AuthorityHealth implements HealthIndicator {
    private final Authority authority;
    private final Clock clock;

    AuthorityHealth(Authority authority, Clock clock) {
        this.authority = authority;
        this.clock = clock;
    }

    @Override
    public Health health() {
        Instant end = authority.roots().getFirst().getNotAfter().toInstant();
        boolean inForce = clock.instant().isBefore(end);
        return (inForce ? Health.up() : Health.down())
                .withDetail("trustDomain", authority.domain().name())
                .withDetail("rootNotAfter", end.toString())
                .withDetail("rootDaysLeft", Duration.between(clock.instant(), end).toDays())
                .build();
    }
}
