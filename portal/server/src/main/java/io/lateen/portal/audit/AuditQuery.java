package io.lateen.portal.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which entries to read; an empty text matches all. */
record AuditQuery(
        String user,
        String action,
        @Nullable Outcome outcome,
        Instant from,
        Instant to,
        long before,
        int limit) {}
