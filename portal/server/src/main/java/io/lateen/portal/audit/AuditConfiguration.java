package io.lateen.portal.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the audit. */
@Configuration(proxyBeanMethods = false)
public class AuditConfiguration {

    @Bean
    AuditLog auditLog(JdbcClient jdbc, Clock clock) {
        return new AuditLog(jdbc, clock);
    }

    @Bean
    AuditChain auditChain(JdbcClient jdbc) {
        return new AuditChain(jdbc);
    }

    /** Takes Flyway so that the chain is there first. */
    @Bean
    AuditWatch auditWatch(AuditChain chain, Flyway migrated) {
        return new AuditWatch(chain);
    }

    @Bean
    MeterBinder auditMetrics(AuditWatch watch) {
        return meters ->
                Gauge.builder("lateen.portal.audit.whole", watch, AuditWatch::whole)
                        .description("1 if every entry of the audit follows from the one before.")
                        .register(meters);
    }

    @Bean
    AuditController auditController(AuditLog audit) {
        return new AuditController(audit);
    }
}
