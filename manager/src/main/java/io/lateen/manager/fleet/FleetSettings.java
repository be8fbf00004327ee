package io.lateen.manager.fleet;

import java.time.Duration;

/**
 * The times that decide when a proxy is taken for gone.
 *
 * @param grace how long a proxy whose connection broke has to come back, to this manager or to
 *     another; with the 5 s after which a silent one is noticed it stays under 10 s
 * @param lease how long the proxies of a manager that died have to move; at most 8 s, at least 3
 *     times {@code tick}
 * @param tick how often the lease is renewed, the table compared and swept
 * @param gather how long progress is gathered before it is written
 */
public record FleetSettings(Duration grace, Duration lease, Duration tick, Duration gather) {

    /** For production. */
    public static final FleetSettings DEFAULT =
            new FleetSettings(
                    Duration.ofMillis(2_500),
                    Duration.ofSeconds(7),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(50));
}
