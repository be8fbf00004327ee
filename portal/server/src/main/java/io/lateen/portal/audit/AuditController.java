package io.lateen.portal.audit;

import io.lateen.portal.problem.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/audit}: who did what, for administrators. */
@RestController
final class AuditController {
    private static final int MOST = 1000;

    private final AuditLog audit;

    AuditController(AuditLog audit) {
        this.audit = audit;
    }

    /**
     * Entries, newest first.
     *
     * @param outcome {@code allowed}, {@code denied} or {@code failed}; empty for all
     * @param before the {@code next} of the page before
     * @param limit 1 to 1000
     */
    @GetMapping("/api/v1/audit")
    AuditPage listAudit(
            @RequestParam(defaultValue = "") String user,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(defaultValue = "") String outcome,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "") String before,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST) {
            throw Refusal.badRequest(
                    "limit.range",
                    Map.of("found", Integer.toString(limit), "most", Integer.toString(MOST)),
                    "limit: found " + limit + ", expected 1 to " + MOST);
        }
        List<AuditEntry> items =
                audit.find(
                        new AuditQuery(
                                user,
                                action,
                                outcome(outcome),
                                from == null ? Instant.EPOCH : from,
                                to == null ? Instant.parse("9999-01-01T00:00:00Z") : to,
                                before.isEmpty() ? Long.MAX_VALUE : number(before),
                                limit));
        return new AuditPage(items, items.size() < limit ? null : items.getLast().id());
    }

    private static @Nullable Outcome outcome(String text) {
        if (text.isEmpty()) {
            return null;
        }
        for (Outcome outcome : Outcome.values()) {
            if (outcome.name().toLowerCase(Locale.ROOT).equals(text)) {
                return outcome;
            }
        }
        throw Refusal.badRequest(
                "outcome.unknown",
                Map.of("found", text),
                "outcome: found '" + text + "', expected allowed, denied or failed");
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Refusal.badRequest(
                    "before.number",
                    Map.of("found", text),
                    "before: found '" + text + "', expected the next of the page before");
        }
    }
}
