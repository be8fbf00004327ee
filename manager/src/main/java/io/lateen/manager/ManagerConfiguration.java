package io.lateen.manager;

import io.lateen.manager.access.ManagerAccessConfiguration;
import io.lateen.manager.api.ApiConfiguration;
import io.lateen.manager.distribution.DistributionConfiguration;
import io.lateen.manager.fleet.FleetConfiguration;
import io.lateen.manager.identity.IdentityConfiguration;
import io.lateen.manager.programmed.ProgrammedConfiguration;
import io.lateen.manager.store.StoreConfiguration;
import java.time.Clock;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * What the manager is made of: one configuration class per feature, listed here, and nothing found
 * by scanning but JPA's entities and repositories.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    StoreConfiguration.class,
    ManagerAccessConfiguration.class,
    ApiConfiguration.class,
    FleetConfiguration.class,
    IdentityConfiguration.class,
    DistributionConfiguration.class,
    ProgrammedConfiguration.class
})
public class ManagerConfiguration {

    /** The one clock. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
