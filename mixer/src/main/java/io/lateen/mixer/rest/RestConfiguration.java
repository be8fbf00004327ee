package io.lateen.mixer.rest;

import io.lateen.access.AccessConfiguration;
import io.lateen.access.AccessPolicy;
import io.lateen.access.ProgramAccess;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires access. Health and metrics are for those that watch programs, which have no token. */
@Configuration(proxyBeanMethods = false)
@Import(AccessConfiguration.class)
public class RestConfiguration {

    @Bean
    ProgramAccess programAccess() {
        return new ProgramAccess(
                "mixer",
                AccessPolicy.open(
                        "/actuator/health",
                        "/actuator/health/liveness",
                        "/actuator/health/readiness",
                        "/actuator/prometheus"));
    }
}
