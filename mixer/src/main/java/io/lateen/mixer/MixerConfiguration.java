package io.lateen.mixer;

import io.lateen.mixer.graph.GraphConfiguration;
import io.lateen.mixer.grpc.GrpcConfiguration;
import io.lateen.mixer.identity.IdentityConfiguration;
import io.lateen.mixer.replica.ReplicaConfiguration;
import io.lateen.mixer.rest.RestConfiguration;
import io.lateen.mixer.rules.RuleConfiguration;
import io.lateen.mixer.snapshot.SnapshotConfiguration;
import java.time.Clock;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * What the mixer is made of: one configuration class per feature, and nothing found by scanning.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    RestConfiguration.class,
    IdentityConfiguration.class,
    SnapshotConfiguration.class,
    RuleConfiguration.class,
    GraphConfiguration.class,
    ReplicaConfiguration.class,
    GrpcConfiguration.class
})
public class MixerConfiguration {

    /** The one clock. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
