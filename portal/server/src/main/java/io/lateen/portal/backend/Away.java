package io.lateen.portal.backend;

import io.lateen.portal.problem.Refusal;
import java.time.Instant;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** How the portal says that a backend does not answer: which, what was found, and since when. */
public final class Away {
    private Away() {}

    /** The refusal for a backend in its present state. */
    public static Refusal refusal(Source source) {
        String name = source.name().wireName();
        if (source.state() == Source.State.UNSET) {
            return new Refusal(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "backend.unset",
                    Map.of("backend", name),
                    "the portal was not told where the "
                            + name
                            + " is; set lateen.portal."
                            + name
                            + "-url");
        }
        Instant since = source.since();
        String message = source.message();
        return new Refusal(
                HttpStatus.SERVICE_UNAVAILABLE,
                "backend.away",
                Map.of(
                        "backend",
                        name,
                        "since",
                        since == null ? "" : since.toString(),
                        "found",
                        message == null ? "" : message),
                "the "
                        + name
                        + " does not answer"
                        + (since == null ? "" : " since " + since)
                        + (message == null ? "" : ": " + message));
    }
}
