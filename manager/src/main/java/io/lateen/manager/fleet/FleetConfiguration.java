package io.lateen.manager.fleet;

import io.lateen.manager.store.DatabaseUrl;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the fleet. Started and stopped by {@code distribution}, which knows the order. */
@Configuration(proxyBeanMethods = false)
public class FleetConfiguration {

    private static final int SHORT = 8;

    /** {@code --lateen.manager-id}: what this manager is called; a name of its own if not given. */
    @Bean
    Fleet fleet(Environment environment) {
        String given = environment.getProperty("lateen.manager-id", "");
        return new Fleet(
                given.isBlank()
                        ? "manager-" + UUID.randomUUID().toString().substring(0, SHORT)
                        : given.strip());
    }

    @Bean(destroyMethod = "")
    FleetKeeper fleetKeeper(Fleet fleet, JdbcClient jdbc) {
        return new FleetKeeper(fleet, new FleetTable(jdbc), FleetSettings.DEFAULT);
    }

    @Bean(destroyMethod = "")
    FleetNotifications fleetNotifications(DatabaseUrl url, FleetKeeper keeper) {
        return new FleetNotifications(url, keeper);
    }
}
