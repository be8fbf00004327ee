package io.lateen.manager.fleet;

import io.lateen.model.database.DatabaseUrl;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

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

    /** Takes Flyway so that the tables are there first. */
    @Bean(destroyMethod = "")
    FleetKeeper fleetKeeper(Flyway migrated, Fleet fleet, DataSource database) {
        return new FleetKeeper(fleet, new FleetTable(database), FleetSettings.DEFAULT);
    }

    @Bean(destroyMethod = "")
    FleetNotifications fleetNotifications(DatabaseUrl url, FleetKeeper keeper) {
        return new FleetNotifications(url, keeper);
    }
}
