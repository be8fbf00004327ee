package io.lateen.identity.ca;

import io.lateen.identity.WorkloadCertificate;
import java.util.Optional;

/** Whoever issues certificates. Blocking, with a deadline. */
@FunctionalInterface
public interface CertificateAuthority {

    /**
     * Asks for a certificate for a new key.
     *
     * @param current the certificate in force, which proves who asks; empty when there is none
     */
    Answer request(Optional<WorkloadCertificate> current);

    /**
     * Whether a certificate that was saved before a restart is one that this authority would renew:
     * its roots may have been replaced since.
     */
    default boolean knows(WorkloadCertificate saved) {
        return true;
    }

    /** What came of asking. */
    sealed interface Answer {

        /** A certificate whose chain and key were checked. */
        record Issued(WorkloadCertificate certificate) implements Answer {}

        /**
         * Somebody answered, and will not issue.
         *
         * @param reason as the authority gave it
         */
        record Refused(String reason) implements Answer {}

        /**
         * Nobody answered.
         *
         * @param reason what was found instead
         */
        record Unreachable(String reason) implements Answer {}
    }
}
