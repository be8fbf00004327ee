package io.lateen.identity.ca;

import io.lateen.identity.CertificateFolder;
import io.lateen.identity.CertificateSource;
import io.lateen.identity.LiveCertificate;
import io.lateen.identity.WorkloadCertificate;
import io.lateen.identity.ca.CertificateAuthority.Answer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a certificate in force: asks for the first one, renews it at half of its life give or take
 * a little, and goes on asking for as long as it takes when nobody answers. A certificate that has
 * run out stays what {@link #current} says — peers refuse it — because there is nothing better to
 * show.
 *
 * <p>All work is done by the {@link Timer}, one piece at a time; what others ask for is volatile.
 */
public final class CertificateRenewal implements CertificateSource, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CertificateRenewal.class);

    /** Where in its life a certificate is renewed, and how far the moment is spread around it. */
    private static final double HALF = 0.5;

    private static final double SPREAD = 0.05;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    /** Looked at the clock this often: a machine that slept must not sleep on. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    private final CertificateAuthority authority;
    private final Surroundings surroundings;
    private final Optional<CertificateFolder> folder;
    private final LiveCertificate live = new LiveCertificate();
    private Instant due = Instant.MIN;
    private Duration pause = FIRST_PAUSE;
    private volatile boolean closed;
    private volatile Standing standing = new Standing(0, 0, "");

    /** Runs work after a delay, one piece at a time. */
    @FunctionalInterface
    public interface Timer {
        /** Runs {@code work} after {@code delay}. */
        void after(Duration delay, Runnable work);
    }

    /**
     * Time and chance.
     *
     * @param chance evenly spread from 0 to 1
     */
    public record Surroundings(InstantSource clock, DoubleSupplier chance, Timer timer) {}

    /**
     * How things stand.
     *
     * @param issued certificates that were issued since the start
     * @param failures questions in a row that brought no certificate
     * @param lastFailure why the last of them did not; empty if there was none since
     */
    public record Standing(long issued, long failures, String lastFailure) {}

    /**
     * A renewal; {@link #start} sets it going.
     *
     * @param folder where the certificate survives a restart; empty for memory alone
     */
    public CertificateRenewal(
            CertificateAuthority authority,
            Optional<CertificateFolder> folder,
            Surroundings surroundings) {
        this.authority = authority;
        this.folder = folder;
        this.surroundings = surroundings;
    }

    /** Begins with the certificate that was saved, if it is in force, and else asks for one. */
    public void start() {
        surroundings.timer().after(Duration.ZERO, this::begin);
    }

    /** Ends the asking; what is in force stays. */
    @Override
    public void close() {
        closed = true;
    }

    @Override
    public Optional<WorkloadCertificate> current() {
        return live.current();
    }

    @Override
    public Subscription subscribe(Consumer<WorkloadCertificate> listener) {
        return live.subscribe(listener);
    }

    /** How things stand. */
    public Standing standing() {
        return standing;
    }

    private void begin() {
        saved().ifPresent(this::inForce);
        look();
    }

    private void look() {
        if (closed) {
            return;
        }
        Duration left = Duration.between(surroundings.clock().instant(), due);
        if (due.equals(Instant.MIN) || !left.isPositive()) {
            ask();
            left = Duration.between(surroundings.clock().instant(), due);
        }
        Duration sleep = left.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : left;
        surroundings.timer().after(sleep.isNegative() ? Duration.ZERO : sleep, this::look);
    }

    private void ask() {
        Answer answer;
        try {
            answer = authority.request(live.current());
        } catch (RuntimeException e) {
            // A bug must not end the asking: without it the program falls silent hours later.
            log.error("Asking for a certificate failed in a way that was not foreseen.", e);
            answer = new Answer.Unreachable(e.toString());
        }
        switch (answer) {
            case Answer.Issued(WorkloadCertificate certificate) -> {
                pause = FIRST_PAUSE;
                standing = new Standing(standing.issued() + 1, 0, "");
                inForce(certificate);
                log.info("A certificate was issued. {} renewal={}", certificate, due);
                save(certificate);
            }
            case Answer.Refused(String reason) -> failed("was refused", reason);
            case Answer.Unreachable(String reason) -> failed("was not answered", reason);
        }
    }

    private void inForce(WorkloadCertificate certificate) {
        due = renewalOf(certificate);
        live.publish(certificate);
    }

    /**
     * About half of the life that is left: the not-before says less, it lies before the issuing.
     */
    private Instant renewalOf(WorkloadCertificate certificate) {
        Instant from = surroundings.clock().instant();
        double share = HALF + SPREAD * (2 * surroundings.chance().getAsDouble() - 1);
        Duration life = Duration.between(from, certificate.notAfter());
        // By a clock that is far ahead there is none left: no reason to ask without a pause.
        return from.plusMillis(
                Math.max(FIRST_PAUSE.toMillis(), Math.round(life.toMillis() * share)));
    }

    private void failed(String how, String reason) {
        long failures = standing.failures() + 1;
        standing = new Standing(standing.issued(), failures, reason);
        // From half of the pause to the whole: those that failed together come back apart.
        double share = HALF + HALF * surroundings.chance().getAsDouble();
        Duration wait = Duration.ofMillis(Math.max(1, Math.round(pause.toMillis() * share)));
        due = surroundings.clock().instant().plus(wait);
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
        Optional<WorkloadCertificate> current = live.current();
        String left =
                current.map(
                                own ->
                                        Duration.between(
                                                                surroundings.clock().instant(),
                                                                own.notAfter())
                                                        .toSeconds()
                                                + "s")
                        .orElse("none");
        log.warn(
                "A certificate {}; asked again. failures={} in={}ms validFor={} reason={}",
                how,
                failures,
                wait.toMillis(),
                left,
                reason);
    }

    private Optional<WorkloadCertificate> saved() {
        if (folder.isEmpty() || !folder.get().exists()) {
            return Optional.empty();
        }
        try {
            WorkloadCertificate saved = folder.get().load();
            boolean usable =
                    surroundings.clock().instant().isBefore(saved.notAfter())
                            && authority.knows(saved);
            log.info(
                    usable
                            ? "Going by the saved certificate. {}"
                            : "The saved certificate is of no use any more. {}",
                    saved);
            return usable ? Optional.of(saved) : Optional.empty();
        } catch (IOException | GeneralSecurityException e) {
            log.warn(
                    "The saved certificate cannot be read; a new one is asked for. folder={} reason={}",
                    folder.get().folder(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private void save(WorkloadCertificate certificate) {
        folder.ifPresent(
                it -> {
                    try {
                        it.save(certificate);
                    } catch (IOException e) {
                        log.warn(
                                "The certificate cannot be saved: the next start needs a join"
                                        + " token. folder={} reason={}",
                                it.folder(),
                                e.toString());
                    }
                });
    }
}
