package io.lateen.identity;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the certificate in force. Written by whoever renews it, read by any thread; publishing and
 * subscribing exclude each other, so no listener misses one or hears of two in the wrong order.
 */
public final class LiveCertificate implements CertificateSource {

    private static final Logger log = LoggerFactory.getLogger(LiveCertificate.class);

    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private volatile @Nullable WorkloadCertificate current;

    /** Holds nothing yet. */
    public LiveCertificate() {}

    /** Holds a certificate from the start. */
    public LiveCertificate(WorkloadCertificate first) {
        this.current = first;
    }

    /** Puts a certificate in force and tells everybody. */
    public synchronized void publish(WorkloadCertificate certificate) {
        current = certificate;
        subscribers.forEach(each -> each.tell(certificate));
    }

    @Override
    public Optional<WorkloadCertificate> current() {
        return Optional.ofNullable(current);
    }

    @Override
    public synchronized Subscription subscribe(Consumer<WorkloadCertificate> listener) {
        Subscriber entry = new Subscriber(listener);
        subscribers.add(entry);
        WorkloadCertificate now = current;
        if (now != null) {
            entry.tell(now);
        }
        return () -> subscribers.remove(entry);
    }

    /** An object of its own, so that one listener may subscribe twice and end either. */
    private static final class Subscriber {
        private final Consumer<WorkloadCertificate> listener;

        Subscriber(Consumer<WorkloadCertificate> listener) {
            this.listener = listener;
        }

        void tell(WorkloadCertificate certificate) {
            try {
                listener.accept(certificate);
            } catch (RuntimeException e) {
                log.error("A listener did not take a new certificate. {}", certificate, e);
            }
        }
    }
}
