package io.lateen.manager.store;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * What {@code /actuator/health} says of the store. PostgreSQL away is no reason to restart the
 * manager: it serves its last state, so the answer stays UP and says what does not work.
 */
final class StoreHealth implements HealthIndicator {
    private final Replica replica;

    StoreHealth(Replica replica) {
        this.replica = replica;
    }

    @Override
    public Health health() {
        return Health.up()
                .withDetail("revision", replica.revision())
                .withDetail("writable", replica.connected())
                .build();
    }
}
