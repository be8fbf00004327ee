package io.lateen.portal.mesh;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the rules have come.
 *
 * @param revision the newest revision that was written; text, because it outgrows a browser's
 *     numbers
 * @param total connected sidecars and gateways
 * @param inForce those that have acknowledged everything sent
 * @param lagging the others
 */
public record SidecarStanding(String revision, int total, int inForce, List<Lagging> lagging) {

    /** Copies the list. */
    public SidecarStanding {
        lagging = List.copyOf(lagging);
    }

    /**
     * A sidecar that has not got everything.
     *
     * @param name the workload's instance
     * @param since since when it has what it has; null when never
     * @param refused what it said when it refused; null when it did not
     */
    public record Lagging(
            String namespace,
            String name,
            String revision,
            @Nullable Instant since,
            @Nullable String refused) {}
}
