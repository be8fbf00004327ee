package io.lateen.authca.serve;

import io.lateen.authca.authority.Authority;
import io.lateen.authca.issue.Issuing;
import io.lateen.identity.WorkloadCertificate;
import io.lateen.identity.ca.CertificateAuthority;
import io.lateen.identity.csr.SigningRequest;
import io.lateen.model.identity.SpiffeId;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;

/** The authority as the one who issues its own certificate. */
record OwnAuthority(Issuing issuing, Authority authority, SecureRandom random)
        implements CertificateAuthority {

    private static final String NAME = "lateen-auth-ca";

    @Override
    public Answer request(Optional<WorkloadCertificate> current) {
        SpiffeId self = SpiffeId.ofSystem(authority.domain(), NAME);
        SigningRequest signing = SigningRequest.make(Optional.of(self), random);
        try {
            X509Certificate leaf = issuing.own(signing.key().getPublic(), self);
            return new Answer.Issued(
                    new WorkloadCertificate(
                            signing.key().getPrivate(), List.of(leaf), authority.roots(), self));
        } catch (DataAccessException e) {
            return new Answer.Unreachable("the database does not answer: " + e.getMessage());
        }
    }
}
