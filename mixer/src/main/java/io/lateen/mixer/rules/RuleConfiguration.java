package io.lateen.mixer.rules;

import io.lateen.mixer.quota.QuotaBook;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires quota and the rules that it follows. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RuleSettings.class, QuotaSettings.class})
public class RuleConfiguration {

    @Bean
    QuotaBook quotaBook(QuotaSettings settings) {
        return new QuotaBook(settings.keys());
    }

    /** Lets go of windows that have ended, once a second. */
    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService quotaTidying(QuotaBook book) {
        ScheduledExecutorService thread =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("quota-tidying").factory());
        var _ =
                thread.scheduleWithFixedDelay(
                        () -> book.tidy(System.nanoTime()), 1, 1, TimeUnit.SECONDS);
        return thread;
    }

    /** What follows the manager's rules; nothing where no manager is named. */
    @Bean
    @ConditionalOnProperty("lateen.manager.url")
    RuleWatch ruleWatch(RuleSettings settings, QuotaBook book) {
        return new RuleWatch(
                Objects.requireNonNull(settings.url()),
                Objects.requireNonNull(settings.tokenFile()),
                book::put,
                new Random());
    }

    /** What the mixer says of quota. */
    @Bean
    MeterBinder quotaMetrics(QuotaBook book) {
        return meters -> {
            FunctionCounter.builder("lateen.mixer.quota.granted", book, QuotaBook::granted)
                    .description("Requests within all of their limits.")
                    .register(meters);
            FunctionCounter.builder("lateen.mixer.quota.refused", book, QuotaBook::refused)
                    .description("Requests over one of their limits.")
                    .register(meters);
            FunctionCounter.builder("lateen.mixer.quota.crowded", book, QuotaBook::crowded)
                    .description("Times that a key found no room of its own.")
                    .register(meters);
            Gauge.builder("lateen.mixer.quota.keys", book, QuotaBook::keys)
                    .description("Keys that are counted apart at the moment.")
                    .register(meters);
            Gauge.builder("lateen.mixer.quota.limits", book, QuotaBook::limits)
                    .description("Limits that are known.")
                    .register(meters);
        };
    }
}
