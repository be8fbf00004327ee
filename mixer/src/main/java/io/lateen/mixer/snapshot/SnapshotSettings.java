package io.lateen.mixer.snapshot;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of what is kept, each as {@code --lateen.telemetry.<name>}.
 *
 * @param edges how many edges are told apart; 2 to 100000. Each takes 110 KB of memory at most
 * @param snapshotEvery how often what is new is written to PostgreSQL, 100 ms to 10 s: what a
 *     killed mixer loses at most
 */
@ConfigurationProperties("lateen.telemetry")
public record SnapshotSettings(
        @DefaultValue("500") int edges, @DefaultValue("5s") Duration snapshotEvery) {

    public SnapshotSettings {
        require(edges >= 2 && edges <= 100_000, "edges: found " + edges + ", expected 2 to 100000");
        require(
                snapshotEvery.toMillis() >= 100 && snapshotEvery.toMillis() <= 10_000,
                "snapshot-every: found " + snapshotEvery + ", expected 100ms to 10s");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("lateen.telemetry." + message);
        }
    }
}
