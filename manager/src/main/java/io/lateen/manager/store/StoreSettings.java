package io.lateen.manager.store;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the store, each as {@code --lateen.store.<name>}.
 *
 * @param window revisions kept in memory for watches to resume from; 100 or more
 * @param historyKeep revisions kept in the history; more than {@code window}
 * @param historyAge age up to which history is kept
 * @param compareEvery how often the database's counter is compared when no notification comes; 100
 *     ms to 2 s, so that a lost notification is healed within 5 s
 * @param connections size of the pool
 */
@ConfigurationProperties("lateen.store")
public record StoreSettings(
        @DefaultValue("5000") int window,
        @DefaultValue("100000") long historyKeep,
        @DefaultValue("30d") Duration historyAge,
        @DefaultValue("1s") Duration compareEvery,
        @DefaultValue("10") int connections) {

    public StoreSettings {
        require(window >= 100, "window: found " + window + ", expected 100 or more");
        require(
                historyKeep >= window,
                "history-keep: found " + historyKeep + ", expected at least window = " + window);
        require(
                historyAge.compareTo(Duration.ofMinutes(1)) >= 0,
                "history-age: found " + historyAge + ", expected a minute or more");
        require(
                compareEvery.toMillis() >= 100 && compareEvery.toMillis() <= 2000,
                "compare-every: found " + compareEvery + ", expected 100ms to 2s");
        require(
                connections >= 2 && connections <= 1000,
                "connections: found " + connections + ", expected 2 to 1000");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("lateen.store." + message);
        }
    }
}
