package io.lateen.portal.door;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes the browsers' reports of what the content security policy kept from happening. Anybody can
 * send them, so a few a minute are logged, cut short and without line breaks.
 */
@RestController
final class CspReportController {
    static final String PATH = "/api/v1/csp-report";

    private static final Logger log = LoggerFactory.getLogger(CspReportController.class);
    private static final int LONGEST = 600;
    private static final int A_MINUTE = 10;
    private static final long MINUTE_MILLIS = 60_000;

    private final Clock clock;
    private final AtomicLong minute = new AtomicLong();
    private final AtomicInteger inMinute = new AtomicInteger();

    CspReportController(Clock clock) {
        this.clock = clock;
    }

    /** Takes a report. */
    @PostMapping(
            path = PATH,
            consumes = {"application/csp-report", "application/json"})
    ResponseEntity<Void> reportPolicyViolation(@RequestBody String report) {
        long now = clock.millis() / MINUTE_MILLIS;
        if (minute.getAndSet(now) != now) {
            int dropped = inMinute.getAndSet(0) - A_MINUTE;
            if (dropped > 0) {
                log.warn("reports of the content security policy were dropped count={}", dropped);
            }
        }
        if (inMinute.incrementAndGet() <= A_MINUTE) {
            String line = report.substring(0, Math.min(report.length(), LONGEST));
            log.warn("the content security policy was hit report={}", line.replaceAll("\\R", " "));
        }
        return ResponseEntity.noContent().build();
    }
}
