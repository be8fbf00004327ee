package io.lateen.identity.ca;

import io.grpc.netty.NettyChannelBuilder;
import io.lateen.identity.CertificateFolder;
import io.lateen.identity.CertificateSource;
import io.lateen.identity.WorkloadCertificate;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The certificate of a program, kept in force from its start to its end: a renewal with the thread
 * that it runs on.
 */
public final class KeptCertificate implements CertificateSource, AutoCloseable {

    private final RenewalThread thread = new RenewalThread();
    private final CertificateRenewal renewal;

    private KeptCertificate(
            CaClient authority,
            Optional<CertificateFolder> folder,
            InstantSource clock,
            SecureRandom random) {
        renewal =
                new CertificateRenewal(
                        authority,
                        folder,
                        new CertificateRenewal.Surroundings(clock, random::nextDouble, thread));
    }

    /**
     * Begins to ask for a certificate.
     *
     * @param folder where it survives a restart; empty for memory alone
     * @param transport puts the program's own event loops into the channel, or leaves it alone
     */
    public static KeptCertificate start(
            CaSettings settings,
            Optional<CertificateFolder> folder,
            InstantSource clock,
            SecureRandom random,
            UnaryOperator<NettyChannelBuilder> transport) {
        KeptCertificate kept =
                new KeptCertificate(
                        new CaClient(settings, clock, random, transport), folder, clock, random);
        kept.renewal.start();
        return kept;
    }

    @Override
    public Optional<WorkloadCertificate> current() {
        return renewal.current();
    }

    @Override
    public Subscription subscribe(Consumer<WorkloadCertificate> listener) {
        return renewal.subscribe(listener);
    }

    /** How the asking stands. */
    public CertificateRenewal.Standing standing() {
        return renewal.standing();
    }

    @Override
    public void close() {
        renewal.close();
        thread.close();
    }
}
