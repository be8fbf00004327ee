package io.lateen.manager.programmed;

import io.lateen.access.Caller;
import io.lateen.access.Role;
import io.lateen.manager.store.HistoryEntry;
import io.lateen.manager.store.HistoryRepository;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /lateen/v1/revisions/{n}}: how far a write has come. */
@RestController
final class RevisionsController {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final RevisionsInForce revisions;
    private final HistoryRepository history;

    RevisionsController(RevisionsInForce revisions, HistoryRepository history) {
        this.revisions = revisions;
        this.history = history;
    }

    /**
     * Says where a revision is in force; with {@code wait}, once it is so everywhere or the wait
     * (up to 60 s) is over. All are counted; of those that lag, the ones are named that the caller
     * may read.
     */
    @GetMapping("/lateen/v1/revisions/{revision}")
    ResponseEntity<Map<String, Object>> revision(
            @PathVariable String revision,
            @RequestParam(defaultValue = "0s") String wait,
            HttpServletRequest request)
            throws InterruptedException {
        long number;
        Duration limit;
        try {
            number = Long.parseLong(revision);
            limit = DurationStyle.detectAndParse(wait);
        } catch (IllegalArgumentException e) {
            return Refusal.of(
                    HttpStatus.BAD_REQUEST,
                    "found revision \""
                            + revision
                            + "\" and wait \""
                            + wait
                            + "\", expected a number and a duration such as 10s");
        }
        revisions.await(number, limit.compareTo(LONGEST) > 0 ? LONGEST : limit);
        if (!revisions.isSeen(number)) {
            return Refusal.of(
                    HttpStatus.NOT_FOUND,
                    "revision " + number + " has not been written, or not come here yet");
        }
        return ResponseEntity.ok(answer(number, Caller.of(request)));
    }

    private Map<String, Object> answer(long revision, Caller caller) {
        Standing standing = revisions.standing(revision);
        Optional<Instant> committed = committedAt(revision);
        Map<String, Object> sidecars = new LinkedHashMap<>();
        sidecars.put("total", standing.total());
        sidecars.put("inForce", standing.inForce());
        sidecars.put(
                "lagging", standing.in(namespace -> caller.may(Role.VIEWER, namespace)).lagging());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("revision", revision);
        committed.ifPresent(at -> answer.put("committedAt", at));
        answer.put("sidecars", sidecars);
        answer.put("inForce", standing.everywhere());
        if (standing.everywhere() && committed.isPresent()) {
            revisions
                    .everywhereSince(revision)
                    .map(at -> Duration.between(committed.get(), at).toMillis())
                    .ifPresent(millis -> answer.put("inForceAfterMillis", Math.max(millis, 0)));
        }
        return answer;
    }

    private Optional<Instant> committedAt(long revision) {
        try {
            return history.findByRevision(revision).map(HistoryEntry::writtenAt);
        } catch (DataAccessException e) {
            // PostgreSQL is away: when it was written is not known now, where it is in force is.
            return Optional.empty();
        }
    }
}
