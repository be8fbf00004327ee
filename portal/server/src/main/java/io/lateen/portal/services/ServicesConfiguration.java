package io.lateen.portal.services;

import io.lateen.portal.backend.BackendStates;
import io.lateen.portal.mesh.MeshReadings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the services. */
@Configuration(proxyBeanMethods = false)
public class ServicesConfiguration {

    @Bean
    ServicesController servicesController(
            MeshReadings readings, BackendStates states, Clock clock) {
        return new ServicesController(new ServiceLists(readings, states, clock), states);
    }
}
