package io.lateen.authca.issue;

import io.lateen.authca.authority.Authority;
import io.lateen.authca.issue.Outcome.Why;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of issuing, under Istio's names. Counts are registered as gauges: of a counter the
 * registry would write the name with {@code _total} behind it, and no dashboard would find it.
 */
final class IssueMetrics {

    /** Requests that came. */
    static final String REQUESTS = "citadel_server_csr_count";

    /** Certificates that were issued. */
    static final String ISSUED = "citadel_server_success_cert_issuance_count";

    /** Credentials that were missing, worth nothing, or another's. */
    static final String NOT_AUTHENTICATED = "citadel_server_authentication_failure_count";

    /** Requests that could not be read. */
    static final String NOT_READABLE = "citadel_server_csr_parsing_err_count";

    /** Requests that were not signed. */
    static final String NOT_SIGNED = "citadel_server_csr_sign_err_count";

    private final LongAdder requests = new LongAdder();
    private final LongAdder issued = new LongAdder();
    private final LongAdder notAuthenticated = new LongAdder();
    private final LongAdder notReadable = new LongAdder();
    private final LongAdder notSigned = new LongAdder();

    IssueMetrics(MeterRegistry registry, Authority authority, Clock clock) {
        count(registry, REQUESTS, requests);
        count(registry, ISSUED, issued);
        count(registry, NOT_AUTHENTICATED, notAuthenticated);
        count(registry, NOT_READABLE, notReadable);
        count(registry, NOT_SIGNED, notSigned);
        // The root signs itself: its expiry is the chain's.
        ToDoubleFunction<Authority> expiry =
                it -> it.roots().getFirst().getNotAfter().toInstant().getEpochSecond();
        for (String what : new String[] {"root_cert", "cert_chain"}) {
            String name = "citadel_server_" + what + "_expiry_";
            Gauge.builder(name + "timestamp", authority, expiry).register(registry);
            Gauge.builder(
                            name + "seconds",
                            authority,
                            it -> expiry.applyAsDouble(it) - clock.instant().getEpochSecond())
                    .register(registry);
        }
    }

    void asked() {
        requests.increment();
    }

    void issued() {
        issued.increment();
    }

    void refused(Why why) {
        switch (why) {
            case NOT_AUTHENTICATED, FOREIGN_IDENTITY -> notAuthenticated.increment();
            case NOT_READABLE -> notReadable.increment();
            case NOT_SIGNABLE -> notSigned.increment();
        }
    }

    private static void count(MeterRegistry registry, String name, LongAdder count) {
        Gauge.builder(name, count, LongAdder::doubleValue).register(registry);
    }
}
