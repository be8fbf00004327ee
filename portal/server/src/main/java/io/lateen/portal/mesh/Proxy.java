package io.lateen.portal.mesh;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A sidecar or gateway.
 *
 * @param name the workload's instance
 * @param workload what it is an instance of
 * @param healthy whether the workload is
 * @param healthMessage why not; empty when it is
 * @param revision the newest revision in force there
 * @param since since when; null when never
 * @param inForce whether it has acknowledged everything that it was sent
 * @param refused what it said when it refused; null when it holds nothing refused
 */
public record Proxy(
        String node,
        String name,
        String namespace,
        String workload,
        boolean healthy,
        String healthMessage,
        long revision,
        @Nullable Instant since,
        boolean inForce,
        @Nullable String refused) {}
