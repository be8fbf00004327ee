package io.lateen.portal.mesh;

import java.util.Arrays;
import java.util.Optional;

/** How far back traffic is counted. A closed set, so that each is read once for everybody. */
public enum TrafficWindow {
    /** A minute. */
    ONE_MINUTE("1m"),
    /** The usual. */
    FIVE_MINUTES("5m"),
    /** Fifteen minutes. */
    FIFTEEN_MINUTES("15m"),
    /** As far as the mixer remembers. */
    ONE_HOUR("1h");

    private final String wireName;

    TrafficWindow(String wireName) {
        this.wireName = wireName;
    }

    /** As it is asked for: {@code 5m}. */
    public String wireName() {
        return wireName;
    }

    /** The window of a name. */
    public static Optional<TrafficWindow> named(String name) {
        return Arrays.stream(values()).filter(window -> window.wireName.equals(name)).findFirst();
    }
}
