package io.lateen.authca.api;

import io.lateen.authca.issue.Ledger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /lateen/v1/certificates}: what was issued and has not run out. {@code GET
 * /lateen/v1/issuances}: all that was issued and refused, the youngest first; {@code before=<id>}
 * goes on.
 */
@RestController
final class LedgerController {

    private static final int MOST = 10_000;

    private final Ledger ledger;

    LedgerController(Ledger ledger) {
        this.ledger = ledger;
    }

    @GetMapping("/lateen/v1/certificates")
    ResponseEntity<Map<String, Object>> certificates(
            @RequestParam(defaultValue = "10000") int limit) {
        if (limit < 1 || limit > MOST) {
            return outOfRange(limit);
        }
        return items(ledger.live(limit).stream().map(LedgerController::view).toList());
    }

    @GetMapping("/lateen/v1/issuances")
    ResponseEntity<Map<String, Object>> issuances(
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(defaultValue = "9223372036854775807") long before) {
        if (limit < 1 || limit > MOST) {
            return outOfRange(limit);
        }
        return items(ledger.entries(before, limit).stream().map(LedgerController::view).toList());
    }

    private static ResponseEntity<Map<String, Object>> items(List<Map<String, Object>> items) {
        return ResponseEntity.ok(Map.of("items", items));
    }

    private static ResponseEntity<Map<String, Object>> outOfRange(int limit) {
        return Refusal.of(
                HttpStatus.BAD_REQUEST,
                "BadRequest",
                "limit: found " + limit + ", expected 1 to " + MOST);
    }

    private static Map<String, Object> view(Ledger.Live live) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("identity", live.identity());
        view.put("serial", live.serial());
        view.put("notBefore", live.notBefore().toString());
        view.put("notAfter", live.notAfter().toString());
        view.put("credential", word(live.credential()));
        view.put("from", live.from());
        view.put("renewed", live.renewed());
        return view;
    }

    private static Map<String, Object> view(Ledger.Entry entry) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", entry.id());
        view.put("at", entry.at().toString());
        view.put("outcome", entry.outcome().toLowerCase(Locale.ROOT));
        view.put("identity", entry.identity());
        view.put("credential", word(entry.credential()));
        view.put("credentialName", entry.credentialName());
        view.put("from", entry.from());
        entry.serial().ifPresent(serial -> view.put("serial", serial));
        entry.notAfter().map(Instant::toString).ifPresent(at -> view.put("notAfter", at));
        entry.reason().ifPresent(reason -> view.put("reason", reason));
        return view;
    }

    private static String word(Ledger.Means means) {
        return means.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
