package io.lateen.portal.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long sessions live, each as {@code --lateen.portal.session.<name>}.
 *
 * @param idle after so long without a request it ends; a minute to a day
 * @param longest after so long it ends in any case; at least {@code idle}
 */
@ConfigurationProperties("lateen.portal.session")
public record SessionSettings(
        @DefaultValue("30m") Duration idle, @DefaultValue("12h") Duration longest) {

    /** Checks the ranges. */
    public SessionSettings {
        require(
                idle.compareTo(Duration.ofMinutes(1)) >= 0
                        && idle.compareTo(Duration.ofDays(1)) <= 0,
                "idle: found " + idle + ", expected a minute to a day");
        require(
                longest.compareTo(idle) >= 0,
                "longest: found " + longest + ", expected at least idle = " + idle);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("lateen.portal.session." + message);
        }
    }
}
