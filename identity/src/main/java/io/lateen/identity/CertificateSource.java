package io.lateen.identity;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Hands out the certificate that this program shows, which is another one after each renewal. Safe
 * for use by any thread; nothing here blocks.
 */
public interface CertificateSource {

    /** The certificate in force; empty until the first one was issued. */
    Optional<WorkloadCertificate> current();

    /**
     * Tells {@code listener} of the certificate in force, if there is one, and of each later one.
     * It is called on the thread that subscribes or that renews, one call at a time, in order; it
     * must not block. What it throws is logged and keeps nothing back from the others.
     *
     * @return closes the subscription
     */
    Subscription subscribe(Consumer<WorkloadCertificate> listener);

    /** Ends a subscription when it is closed. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
