package io.lateen.mixer.replica;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the mixers into one; who listens brings the {@link OwnPlace}. */
@Configuration(proxyBeanMethods = false)
public class ReplicaConfiguration {

    @Bean
    Members members() {
        return new Members();
    }

    /** Takes Flyway so that the table is there first. */
    @Bean
    Membership membership(OwnPlace place, Members members, Flyway migrated, JdbcClient jdbc) {
        return new Membership(place, new ReplicaRows(jdbc), members);
    }

    @Bean
    MeterBinder replicaMetrics(Members members) {
        return meters ->
                Gauge.builder("lateen.mixer.replicas", members, Members::count)
                        .description("Mixers that share the counting, this one among them.")
                        .register(meters);
    }
}
