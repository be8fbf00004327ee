package io.lateen.cli.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Waits until a revision is in force on the sidecars. */
public final class RevisionWatch {

    private static final Duration LONGEST_POLL = Duration.ofSeconds(10);

    private final ManagerClient client;

    /** Asks {@code client}'s manager. */
    public RevisionWatch(ManagerClient client) {
        this.client = client;
    }

    /**
     * How it stands.
     *
     * @param inForce whether every sidecar has it
     * @param sentence the same for a person, with who lags and why
     */
    public record Outcome(boolean inForce, String sentence) {}

    /** Waits up to {@code timeout} until {@code revision} is in force. */
    public Outcome await(long revision, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        Optional<JsonNode> answer;
        do {
            long left = Math.max(0, (end - System.nanoTime()) / 1_000_000);
            long poll = Math.min(left, LONGEST_POLL.toMillis());
            // Not found: another manager took the write, and this one has not heard of it yet.
            answer = client.find("/lateen/v1/revisions/%d?wait=%dms".formatted(revision, poll));
        } while (!isInForce(answer) && System.nanoTime() - end < 0);
        return answer.map(standing -> outcome(standing, timeout))
                .orElseGet(
                        () ->
                                new Outcome(
                                        false,
                                        "revision %d has not come to the manager at %s after %d s"
                                                .formatted(
                                                        revision,
                                                        client.server(),
                                                        timeout.toSeconds())));
    }

    private static boolean isInForce(Optional<JsonNode> answer) {
        return answer.map(standing -> standing.path("inForce").asBoolean(false)).orElse(false);
    }

    static Outcome outcome(JsonNode answer, Duration timeout) {
        JsonNode sidecars = answer.path("sidecars");
        String count =
                "in force on %d of %d sidecars"
                        .formatted(
                                sidecars.path("inForce").asInt(0), sidecars.path("total").asInt(0));
        if (answer.path("inForce").asBoolean(false)) {
            return new Outcome(
                    true, count + ", %d ms".formatted(answer.path("inForceAfterMillis").asLong(0)));
        }
        List<String> lines = new ArrayList<>();
        lines.add(count + " after %d s".formatted(timeout.toSeconds()));
        for (JsonNode lagging : sidecars.path("lagging").values()) {
            lines.add(
                    "  %s has revision %s: %s"
                            .formatted(
                                    lagging.path("node").asString("?"),
                                    lagging.path("inForceRevision").asString("none"),
                                    lagging.path("reason").asString("no reason given")));
        }
        return new Outcome(false, String.join("\n", lines));
    }
}
