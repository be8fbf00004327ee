package io.lateen.portal.mesh;

import io.lateen.portal.problem.Refusal;
import java.util.Map;

/** Reads the parameter {@code window}. */
public final class Windows {
    private Windows() {}

    /** The window of a name; refuses one that there is not. */
    public static TrafficWindow required(String name) {
        return TrafficWindow.named(name)
                .orElseThrow(
                        () ->
                                Refusal.badRequest(
                                        "window.unknown",
                                        Map.of("found", name),
                                        "window: found '"
                                                + name
                                                + "', expected 1m, 5m, 15m or 1h"));
    }
}
