package io.lateen.portal.overview;

import io.lateen.portal.backend.BackendStates;
import io.lateen.portal.mesh.MeshReadings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the overview. */
@Configuration(proxyBeanMethods = false)
public class OverviewConfiguration {

    @Bean
    OverviewController overviewController(
            MeshReadings readings, BackendStates states, Clock clock) {
        return new OverviewController(new Overviews(readings, states, clock));
    }
}
