package io.lateen.portal.mesh;

import java.time.Instant;

/** A write in the manager's history. */
public record Write(
        long revision,
        Instant at,
        String actor,
        String action,
        String kind,
        String namespace,
        String name) {}
